import { deriveId, hashSecret, instructionKey } from '@tallystick/crypto';
import { businessDateOf, decideActing } from '@tallystick/domain';
import {
  CALLS,
  type CallName,
  type GenesisRecord,
  type MemberRecord,
  type Request,
  type SignedInstruction,
} from '@tallystick/protocol';
import type { Context } from 'fabric-contract-api';
import type { z } from 'zod';
import { parsed } from '../contract/request';
import { allowed, Refused } from '../refusal/refused';
import type { State } from '../state/state';
import type { Act, Authority, Call, CallSpec } from './call';
import { requireExpected } from './expectations';
import { provenMembers } from './membership';
import { requireThisCall } from './network-match';
import { storedOutcome } from './replay';
import { rulesFor } from './rules-in-force';
import { verifiedSigners } from './signatures';
import { businessTime, requireAlive, transactionTime, type WallClock } from './time';

/** A call to go on with, or the outcome of the same request applied before. */
export type Authorised<N extends CallName, C, K extends CallName> =
  { kind: 'new'; call: Call<N, C, K> } | { kind: 'applied'; outcome: string };

/**
 * `ledger.md` §3.1: whether the members themselves asked for this, here and now. Reads only Genesis, the instructions' own
 * keys, Clock, Schedule, rule packs, rosters, the certificate whose rules apply, and what the instructions expect.
 * @throws Refused in the order: input, network, replay, time, member, signatures, rules, expectations
 */
export async function authorise<N extends CallName, C, K extends CallName = never>(
  ctx: Context,
  state: State,
  request: Request,
  spec: CallSpec<N, C, K>,
  wallClock: WallClock,
): Promise<Authorised<N, C, K>> {
  const genesis = await state.get('Genesis');
  const { own, companion } = sortInstructions(ctx, genesis, request, spec);
  const all = companion === null ? own : [...own, companion];
  const keyed = all.map(({ instruction }) => ({ key: instructionKey(instruction), instruction }));
  if (new Set(keyed.map(({ key }) => key)).size !== keyed.length)
    throw new Refused('BAD_INPUT', { field: 'instructions' });
  const outcome = await storedOutcome(state, keyed);
  if (outcome !== null) return { kind: 'applied', outcome };

  const ts = transactionTime(ctx, wallClock);
  all.forEach(({ instruction }) => requireAlive(instruction, ts));
  const members = await provenMembers(state, request.members);
  const [head, ...tail] = own;
  const first = actOf(head, members, spec.call, spec.authority, spec);
  const acts = [first, ...tail.map((signed) => actOf(signed, members, spec.call, spec.authority, spec))];
  const second =
    companion === null || spec.companion === undefined
      ? null
      : actOf(companion, members, spec.companion.call, spec.companion.authority, {});

  const now = businessTime(ts, genesis.trial ? (await state.get('Clock')).offsetMs : 0);
  const context = parsed(spec.context, request.context, 'context');
  const certificateId = spec.certificateOf?.(first.body, context) ?? null;
  const certificate = certificateId === null ? null : await state.get('Certificate', certificateId);
  const { id: rulePack, rules } = await rulesFor(state, now, certificate?.public.rulePack ?? null);
  for (const { instruction } of all) {
    if (instruction.rulePack !== rulePack) throw new Refused('RULE_PACK_UNKNOWN', { rulePack });
    await requireExpected(state, instruction);
  }
  const [contract, fn] = nameOf(spec.call);
  const businessDate = businessDateOf(now);
  const activeMember = (id: string): MemberRecord => requireActive(members, id);
  const facts = { contract, fn, request, state, genesis, rules, certificate, now, businessDate, ts, activeMember };
  return { kind: 'new', call: { ...first, acts, companion: second, context, ...facts } };
}

const nameOf = (call: CallName): [string, string] => call.split('.') as [string, string];

/** The call's own instructions and its companion. @throws Refused when there are too many, or one is of another function */
function sortInstructions<N extends CallName, C, K extends CallName>(
  ctx: Context,
  genesis: GenesisRecord,
  { instructions }: Request,
  spec: CallSpec<N, C, K>,
): { own: [SignedInstruction, ...SignedInstruction[]]; companion: SignedInstruction | null } {
  const [contract, fn] = nameOf(spec.call);
  const second = spec.companion === undefined ? null : nameOf(spec.companion.call);
  const own: SignedInstruction[] = [];
  const companions: SignedInstruction[] = [];
  for (const signed of instructions) {
    const isCompanion = second !== null && signed.instruction.fn === second[1];
    const [asContract, asFn] = isCompanion ? second : [contract, fn];
    requireThisCall(ctx, genesis, signed.instruction, { contract: asContract, fn: asFn });
    (isCompanion ? companions : own).push(signed);
  }
  const [head, ...tail] = own;
  if (head === undefined) throw new Refused('SIG_REQUIRED');
  if (own.length > (spec.maxInstructions ?? 1) || companions.length > 1) {
    throw new Refused('BAD_INPUT', { field: 'instructions' });
  }
  return { own: [head, ...tail], companion: companions[0] ?? null };
}

function actOf<N extends CallName>(
  signed: SignedInstruction,
  members: ReadonlyMap<string, MemberRecord>,
  call: N,
  authority: Authority,
  { kinds, evenSuspended }: Pick<CallSpec<N, unknown>, 'kinds' | 'evenSuspended'>,
): Act<N> {
  const { instruction } = signed;
  const member = evenSuspended
    ? requireMember(members, instruction.member)
    : requireActive(members, instruction.member);
  if (kinds !== undefined && !kinds.some((kind) => member.kinds.includes(kind))) {
    throw new Refused('MEMBER_KIND', { memberId: member.id, neededKind: kinds.join('/') });
  }
  return {
    signed,
    instruction,
    key: instructionKey(instruction),
    ...contentOf(signed, call),
    member,
    signers: verifiedSigners(signed, member, authority),
    newId: (index) => deriveId({ member: instruction.member, instructionId: instruction.id, index }),
  };
}

/** Body and secret of an instruction. @throws Refused BAD_INPUT; OPENING_MISMATCH when the secret is not the signed one */
function contentOf<N extends CallName>(
  { instruction, secret }: SignedInstruction,
  call: N,
): Pick<Act<N>, 'body' | 'secret'> {
  const schema: { body: z.ZodType; secret: z.ZodType | null } = CALLS[call];
  const body = parsed(schema.body, instruction.body, 'instruction.body') as Act<N>['body'];
  if ((secret === null) !== (schema.secret === null)) throw new Refused('BAD_INPUT', { field: 'secret' });
  const hash = secret === null ? null : hashSecret({ salt: secret.salt, secret: secret.value });
  if (hash !== instruction.secretHash) throw new Refused('OPENING_MISMATCH', { record: 'secret' });
  const value = schema.secret === null || secret === null ? null : parsed(schema.secret, secret.value, 'secret');
  return { body, secret: value as Act<N>['secret'] };
}

function requireMember(members: ReadonlyMap<string, MemberRecord>, id: string): MemberRecord {
  const member = members.get(id);
  if (member === undefined) throw new Refused('NOT_A_MEMBER', { memberId: id });
  return member;
}

function requireActive(members: ReadonlyMap<string, MemberRecord>, id: string): MemberRecord {
  const member = requireMember(members, id);
  allowed(decideActing(member, null));
  return member;
}
