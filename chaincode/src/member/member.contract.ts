import {
  decideAddKey,
  decideAdmission,
  decideNewKeySigners,
  decideRevokeKey,
  decideSoloLimit,
  parseFen,
  type RulePack,
} from '@tallystick/domain';
import { RosterContext, type GenesisRecord, type MemberKey, type MemberRecord } from '@tallystick/protocol';
import type { Context } from 'fabric-contract-api';
import type { z } from 'zod';
import type { Call, CallSpec } from '../authorisation/call';
import { requireMakerChecker } from '../authorisation/signatures';
import type { WallClock } from '../authorisation/time';
import type { Effects } from '../contract/finish';
import { LedgerContract } from '../contract/ledger-contract';
import { allowed, Refused } from '../refusal/refused';
import { rosterPolicy } from '../state/key-policy';
import { keepAct } from './member-act';
import { requireNewKey, requireOwnKeys } from './key-proof';
import { addToRoster, currentRecord, replaceRecord } from './roster-change';

type Place = z.infer<typeof RosterContext>;
const place = { context: RosterContext };

const ADMIT: CallSpec<'member.admit', Place> = {
  ...place,
  call: 'member.admit',
  authority: 'makerChecker',
  kinds: ['OPERATOR'],
};
const ADD_KEY: CallSpec<'member.addKey', Place> = { ...place, call: 'member.addKey', authority: 'keyHolder' };
const REVOKE_KEY: CallSpec<'member.revokeKey', Place> = {
  ...place,
  call: 'member.revokeKey',
  authority: 'keyHolder',
  evenSuspended: true,
};
const SET_STATUS: CallSpec<'member.setStatus', Place> = {
  ...place,
  call: 'member.setStatus',
  authority: 'makerChecker',
  kinds: ['OPERATOR'],
};
const SET_SOLO_LIMIT: CallSpec<'member.setSoloLimit', Place> = {
  ...place,
  call: 'member.setSoloLimit',
  authority: 'makerChecker',
};

/** Firms and their keys. Here alone are members' own records read and written; they are public. */
export class MemberContract extends LedgerContract {
  constructor(wallClock: WallClock) {
    super('member', wallClock);
  }

  /** Admits a firm at the next place of its host's roster. */
  admit(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, ADMIT, admit);
  }

  /** Registers one more key of the signing member. */
  addKey(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, ADD_KEY, addKey);
  }

  /** Revokes a key: by its member, or by the operator. */
  revokeKey(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, REVOKE_KEY, revokeKey);
  }

  /** Suspends a member or lets it act again. */
  setStatus(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, SET_STATUS, setStatus);
  }

  /** Sets up to which amount one person may sign for the member. */
  setSoloLimit(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, SET_SOLO_LIMIT, setSoloLimit);
  }
}

async function admit(call: Call<'member.admit', Place>): Promise<Effects> {
  const { state, genesis, body, context, rules } = call;
  const { record, admission } = body;
  const isMember = (await state.find('Member', record.id)) !== null;
  requireAdmissible(record, isMember, genesis, rules);
  requireOwnKeys(record, admission);
  if (context.record !== null) throw new Refused('BAD_INPUT', { field: 'context.record' });
  await addToRoster(state, record, context);
  await state.create('Member', [record.id], record, rosterPolicy(genesis, record.host));
  await keepAct(call, record);
  return { ids: [record.id] };
}

/** The network has one operator, and a bank's word must not depend on the operator's peer. */
function requireAdmissible(record: MemberRecord, isMember: boolean, genesis: GenesisRecord, rules: RulePack): void {
  allowed(decideAdmission(record, isMember, rules));
  if (record.kinds.includes('OPERATOR')) throw new Refused('BAD_INPUT', { field: 'record.kinds' });
  const hosted = genesis.organisations.some(({ msp }) => msp === record.host);
  const bankAtOperator = record.kinds.includes('BANK') && record.host === genesis.operatorMsp;
  if (!hosted || bankAtOperator) throw new Refused('BAD_INPUT', { field: 'record.host' });
  if (record.status !== 'active') throw new Refused('BAD_INPUT', { field: 'record.status' });
}

async function addKey(call: Call<'member.addKey', Place>): Promise<Effects> {
  const { state, body, context, instruction, signers } = call;
  const record = await currentRecord(state, context, instruction.member);
  allowed(decideAddKey(record, body.key));
  requireNewKey(body.key, body.admission);
  allowed(decideNewKeySigners(record, body.key, signers));
  await keepAct(call, record);
  await replaceRecord(state, { ...record, keys: withinLimit([...record.keys, body.key]) }, context.proof);
  return { ids: [body.key.keyId] };
}

const MAX_KEYS = 60;

function withinLimit(keys: MemberKey[]): MemberKey[] {
  if (keys.length > MAX_KEYS) throw new Refused('BAD_INPUT', { field: 'keys', max: MAX_KEYS });
  return keys;
}

async function revokeKey(call: Call<'member.revokeKey', Place>): Promise<Effects> {
  const { state, body, context, member, signed, now } = call;
  if (body.member !== member.id) {
    if (!member.kinds.includes('OPERATOR') || member.status !== 'active') {
      throw new Refused('MEMBER_KIND', { memberId: member.id, neededKind: 'OPERATOR' });
    }
    requireMakerChecker(signed, member);
  }
  const record = await currentRecord(state, context, body.member);
  allowed(decideRevokeKey(record, body.keyId));
  const keys = record.keys.map((key) => (key.keyId === body.keyId ? { ...key, revokedAt: now } : key));
  await replaceRecord(state, { ...record, keys }, context.proof);
  return { ids: [body.keyId] };
}

async function setStatus(call: Call<'member.setStatus', Place>): Promise<Effects> {
  const { state, body, context, member } = call;
  // A suspended operator could never be let in again.
  if (body.member === member.id) throw new Refused('BAD_INPUT', { field: 'member' });
  const record = await currentRecord(state, context, body.member);
  await replaceRecord(state, { ...record, status: body.status }, context.proof);
  return { ids: [body.member] };
}

async function setSoloLimit(call: Call<'member.setSoloLimit', Place>): Promise<Effects> {
  const { state, body, context, member, rules } = call;
  const record = await currentRecord(state, context, member.id);
  allowed(decideSoloLimit(parseFen(body.soloLimitFen), rules));
  await keepAct(call, record);
  await replaceRecord(state, { ...record, soloLimitFen: body.soloLimitFen }, context.proof);
  return { ids: [member.id] };
}
