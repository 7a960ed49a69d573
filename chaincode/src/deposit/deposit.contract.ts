import { bundleHash, bundleKey, Hash, ownCollection } from '@tallystick/protocol';
import type { Context } from 'fabric-contract-api';
import type { Call, CallSpec } from '../authorisation/call';
import type { WallClock } from '../authorisation/time';
import type { Effects } from '../contract/finish';
import { LedgerContract } from '../contract/ledger-contract';
import { NoContext } from '../contract/no-context';
import { parsed } from '../contract/request';
import { provenOpening, Refused } from '../refusal/refused';
import { requireDeposited } from './deposited';

const OPENINGS: CallSpec<'deposit.openings', NoContext> = {
  call: 'deposit.openings',
  context: NoContext,
  authority: 'service',
};

/** Copies of openings for readers that were down or came later. */
export class DepositContract extends LedgerContract {
  constructor(wallClock: WallClock) {
    super('deposit', wallClock);
  }

  /** Gives one organisation its copy of openings that it may read. */
  openings(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, OPENINGS, deposit);
  }

  /**
   * Query: the bundle that stands in this peer's own collection under an instruction's key. Any member of the channel may
   * call a function at any peer, so the caller must be of the peer's organisation; its gateway checks the person's right.
   */
  async bundle(ctx: Context, key: string): Promise<string> {
    const id = parsed(Hash, key, 'key');
    const own = ctx.stub.getMspID();
    if (ctx.clientIdentity.getMSPID() !== own) throw new Refused('COLLECTION_FORBIDDEN', { reader: own });
    const bytes = await ctx.stub.getPrivateData(ownCollection(own), bundleKey(id));
    if (bytes.length === 0) throw new Refused('RECORD_NOT_FOUND', { record: 'Bundle', id });
    return new TextDecoder().decode(bytes);
  }
}

/** @throws Refused OPENING_MISMATCH; COLLECTION_FORBIDDEN for what the receiver may not read; BAD_INPUT for other readers */
async function deposit(call: Call<'deposit.openings', NoContext>): Promise<Effects> {
  const { state, body, secret, request } = call;
  provenOpening(bundleHash(secret.bundle) === body.bundle, 'Bundle');
  if (request.readers.length !== 1 || request.readers[0] !== body.to)
    throw new Refused('BAD_INPUT', { field: 'readers' });
  await requireDeposited(state, secret.bundle, body.to);
  return { ids: [], openings: { [body.to]: secret.bundle.openings }, behind: secret.bundle.instructions };
}
