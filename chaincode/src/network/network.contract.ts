import { canonicalBytes, canonicalJson, hashParts } from '@tallystick/crypto';
import { businessDateOf, RulePackSchema } from '@tallystick/domain';
import { APPLIED_EVENT, GenesisContext, parseRecordKey, type AppliedEvent } from '@tallystick/protocol';
import type { Context } from 'fabric-contract-api';
import type { Call, CallSpec } from '../authorisation/call';
import { transactionTime, type WallClock } from '../authorisation/time';
import type { Effects } from '../contract/finish';
import { LedgerContract } from '../contract/ledger-contract';
import { NoContext } from '../contract/no-context';
import { parsed, readRequest } from '../contract/request';
import { Refused } from '../refusal/refused';
import { consortiumPolicy } from '../state/key-policy';
import { State } from '../state/state';
import { foundNetwork } from './genesis';

const MOVE_CLOCK: CallSpec<'network.moveClock', NoContext> = {
  call: 'network.moveClock',
  context: NoContext,
  authority: 'anyKey',
  kinds: ['OPERATOR'],
};
const PUBLISH: CallSpec<'network.publishRulePack', NoContext> = {
  call: 'network.publishRulePack',
  context: NoContext,
  authority: 'makerChecker',
  kinds: ['OPERATOR'],
};
const FLAG: CallSpec<'network.flag', NoContext> = { call: 'network.flag', context: NoContext, authority: 'service' };

/** The network itself: its founding, its rules, its trial clock, and marks on counterfeit records. */
export class NetworkContract extends LedgerContract {
  constructor(wallClock: WallClock) {
    super('network', wallClock);
  }

  /** Founds the network, once; see {@link foundNetwork}. */
  async genesis(ctx: Context, argument: string): Promise<string> {
    const request = readRequest(ctx, argument);
    if (request.instructions.length + request.members.length + request.readers.length > 0) {
      throw new Refused('BAD_INPUT', { field: 'request' });
    }
    const at = { channel: ctx.stub.getChannelID(), ts: transactionTime(ctx, this.wallClock) };
    const state = new State(ctx.stub);
    await foundNetwork(state, parsed(GenesisContext, request.context, 'context'), at);
    const event: AppliedEvent = { contract: 'network', fn: 'genesis', instructions: [], keys: state.keys };
    ctx.stub.setEvent(APPLIED_EVENT, canonicalBytes(event));
    return canonicalJson({ applied: [], ids: [] });
  }

  /** Moves the trial clock forward. */
  moveClock(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, MOVE_CLOCK, moveClock);
  }

  /** Publishes a rule pack and when it comes into force. */
  publishRulePack(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, PUBLISH, publishRulePack);
  }

  /** Marks a record whose authority does not verify. */
  flag(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, FLAG, flag);
  }

  /** Query: the public record under a key, as canonical JSON. */
  async record(ctx: Context, key: string): Promise<string> {
    const text = parseRecordKey(key) === null ? null : await new State(ctx.stub).text(key);
    if (text === null) throw new Refused('RECORD_NOT_FOUND', { record: parseRecordKey(key)?.type ?? 'unknown' });
    return text;
  }
}

/** @throws Refused RECORD_NOT_FOUND on a network without a clock; BAD_INPUT unless the clock moves forward */
async function moveClock({ state, body }: Call<'network.moveClock', NoContext>): Promise<Effects> {
  const clock = await state.get('Clock');
  if (body.offsetMs <= clock.offsetMs) throw new Refused('BAD_INPUT', { field: 'offsetMs', offsetMs: clock.offsetMs });
  await state.update('Clock', [], { schema: 1, offsetMs: body.offsetMs });
  return { ids: [] };
}

/** @throws Refused RECORD_EXISTS; BAD_INPUT for rules that do not parse, a date in the past or before another pack's */
async function publishRulePack(call: Call<'network.publishRulePack', NoContext>): Promise<Effects> {
  const { state, genesis, body, now } = call;
  const { rulePack, from } = body;
  const rules = parsed(RulePackSchema, rulePack.rules, 'rulePack.rules');
  const schedule = await state.get('Schedule');
  const last = schedule.packs.at(-1)?.from ?? '';
  if (rulePack.id !== rules.id) throw new Refused('BAD_INPUT', { field: 'rulePack.id' });
  if (rules.effectiveFrom !== businessDateOf(from)) throw new Refused('BAD_INPUT', { field: 'rulePack.effectiveFrom' });
  // Another key would give a known invoice a second fingerprint.
  if (rules.fingerprintKeyCommit !== genesis.fingerprintKeyCommit) {
    throw new Refused('BAD_INPUT', { field: 'rulePack.fingerprintKeyCommit' });
  }
  if (from < now || from <= last) throw new Refused('BAD_INPUT', { field: 'from', now });
  if ((await state.find('RulePack', rulePack.id)) !== null) {
    throw new Refused('RECORD_EXISTS', { record: 'RulePack', id: rulePack.id });
  }
  await state.create('RulePack', [rulePack.id], rulePack, consortiumPolicy(genesis));
  await state.update('Schedule', [], { schema: 1, packs: [...schedule.packs, { id: rulePack.id, from }] });
  return { ids: [rulePack.id] };
}

/** @throws Refused RECORD_NOT_FOUND for a key without a record; RECORD_EXISTS when it is flagged already */
async function flag({ state, member, body }: Call<'network.flag', NoContext>): Promise<Effects> {
  const { recordKey, reason } = body;
  const type = parseRecordKey(recordKey)?.type ?? 'unknown';
  if (type === 'unknown' || (await state.text(recordKey)) === null) {
    throw new Refused('RECORD_NOT_FOUND', { record: type });
  }
  const id = hashParts('tallystick/flag/1', recordKey);
  if ((await state.find('Flag', id)) !== null) throw new Refused('RECORD_EXISTS', { record: 'Flag' });
  await state.create('Flag', [id], { schema: 1, recordKey, by: member.host, reason }, 'chaincode');
  return { ids: [id] };
}
