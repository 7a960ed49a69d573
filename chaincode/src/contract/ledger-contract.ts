import type { CallName } from '@tallystick/protocol';
import { Contract, type Context } from 'fabric-contract-api';
import { authorise } from '../authorisation/authorise';
import type { Call, CallSpec } from '../authorisation/call';
import type { WallClock } from '../authorisation/time';
import { SettledRecords } from '../state/settled-records';
import { State } from '../state/state';
import { finish, type Effects } from './finish';
import { readRequest } from './request';

/**
 * Base of every contract. All methods on a noun's own class are callable by any member of the channel, so those classes
 * hold nothing but the ledger's functions.
 */
export abstract class LedgerContract extends Contract {
  private readonly settled = new SettledRecords();

  constructor(
    name: string,
    protected readonly wallClock: WallClock,
  ) {
    super(name);
  }

  /**
   * A state-changing function: authorise, let `handle` decide and write records, finish. Answers the canonical outcome,
   * which is the stored one when the same request was applied before.
   * @throws Refused
   */
  protected async execute<N extends CallName, C, K extends CallName = never>(
    ctx: Context,
    argument: string,
    spec: CallSpec<N, C, K>,
    handle: (call: Call<N, C, K>) => Promise<Effects>,
  ): Promise<string> {
    const state = new State(ctx.stub, this.settled);
    const authorised = await authorise(ctx, state, readRequest(ctx, argument), spec, this.wallClock);
    if (authorised.kind === 'applied') return authorised.outcome;
    return finish(ctx, authorised.call, spec.authority, await handle(authorised.call));
  }
}
