import { canonicalBytes } from '@tallystick/crypto';
import type { ContractClass } from '@tallystick/ledger';
import type { Contract, Context } from 'fabric-contract-api';
import { contractsWith } from '..';
import type { WallClock } from '../authorisation/time';

/** What an organisation writes of its own will; `policy` guards a new key as the contract would. */
export interface Write {
  key: string;
  record: unknown;
  policy?: Uint8Array;
}
/** Transient entry with them. */
export const WRITES = 'writes';

/**
 * Contracts of an organisation that runs a program of its own: all as it should be, but that `instruction.voidInstruction` writes what
 * its client asks, checking nothing.
 */
export function lawlessContracts(wallClock: WallClock): ContractClass[] {
  return contractsWith(wallClock).map(
    (Honest) =>
      class {
        constructor() {
          const contract = new Honest() as Contract;
          const get = (target: Contract, property: string | symbol): unknown =>
            property === 'voidInstruction' ? writeAll : Reflect.get(target, property);
          return contract.getName() === 'instruction' ? new Proxy(contract, { get }) : contract;
        }
      },
  );
}

async function writeAll({ stub }: Context): Promise<string> {
  const bytes = stub.getTransient().get(WRITES) ?? new Uint8Array();
  const writes = JSON.parse(new TextDecoder().decode(bytes)) as (Omit<Write, 'policy'> & { policy: string | null })[];
  for (const { key, record, policy } of writes) {
    await stub.putState(key, canonicalBytes(record));
    if (policy !== null) await stub.setStateValidationParameter(key, Buffer.from(policy, 'base64'));
  }
  return '{}';
}
