import { type Context, Contract } from 'fabric-contract-api';

/** One step of a `ScriptContract` call. Private values come from the transient entry named `from`. */
export type Step =
  | { do: 'get' | 'delete' | 'policyOf'; key: string }
  | { do: 'put'; key: string; value: string }
  /** `policy`: hex of the bytes. */
  | { do: 'setPolicy'; key: string; policy: string }
  | { do: 'getPrivate' | 'hashOfPrivate' | 'deletePrivate'; collection: string; key: string }
  | { do: 'putPrivate'; collection: string; key: string; from: string }
  /** Refuses with `code` unless the key is free. */
  | { do: 'claim'; key: string; code: string }
  | { do: 'event'; name: string; payload: string }
  | { do: 'describe' | 'range' | 'crash' };

/** A contract that does what its argument says: for tests of ledgers, which must not know the product's contracts. */
export class ScriptContract extends Contract {
  constructor() {
    super('script');
  }

  /** Runs the steps and returns what each gave, as a JSON array. */
  async run(ctx: Context, script: string): Promise<string> {
    const results: unknown[] = [];
    for (const step of JSON.parse(script) as Step[]) results.push(await perform(ctx, step));
    return JSON.stringify(results);
  }
}

async function perform({ stub, clientIdentity }: Context, step: Step): Promise<unknown> {
  switch (step.do) {
    case 'get':
      return Buffer.from(await stub.getState(step.key)).toString();
    case 'put':
      return nothing(stub.putState(step.key, Buffer.from(step.value)));
    case 'delete':
      return nothing(stub.deleteState(step.key));
    case 'setPolicy':
      return nothing(stub.setStateValidationParameter(step.key, Buffer.from(step.policy, 'hex')));
    case 'policyOf':
      return hex(await stub.getStateValidationParameter(step.key));
    case 'getPrivate':
      return Buffer.from(await stub.getPrivateData(step.collection, step.key)).toString();
    case 'hashOfPrivate':
      return hex(await stub.getPrivateDataHash(step.collection, step.key));
    case 'putPrivate':
      return nothing(
        stub.putPrivateData(step.collection, step.key, stub.getTransient().get(step.from) ?? new Uint8Array()),
      );
    case 'deletePrivate':
      return nothing(stub.deletePrivateData(step.collection, step.key));
    case 'claim':
      if ((await stub.getState(step.key)).length > 0) refuse(step.code, { key: step.key });
      return nothing(stub.putState(step.key, Buffer.from(stub.getTxID())));
    case 'event':
      stub.setEvent(step.name, Buffer.from(step.payload));
      return null;
    case 'describe':
      return {
        caller: clientIdentity.getMSPID(),
        callerId: clientIdentity.getID(),
        peer: stub.getMspID(),
        txId: stub.getTxID(),
        timestamp: stub.getDateTimestamp().toISOString(),
      };
    case 'range':
      return stub.getStateByRange('a', 'b');
    case 'crash':
      throw new Error('the contract broke');
  }
}

/** What the shim gives for a write differs between a real peer and an embedded one. */
async function nothing(written: Promise<unknown>): Promise<null> {
  await written;
  return null;
}

function refuse(code: string, details: Record<string, unknown>): never {
  throw new Error(JSON.stringify({ code, details }));
}

function hex(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('hex');
}

/** What a chaincode bundle of this module runs. */
export const contracts = [ScriptContract];
