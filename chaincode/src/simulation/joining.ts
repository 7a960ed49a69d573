import {
  buildAddKey,
  buildMoveClock,
  buildRevokeKey,
  buildSetSoloLimit,
  buildSetStatus,
  planPublicCall,
  signKey,
  type MemberKey,
} from '@tallystick/protocol';
import type { Signer } from '@tallystick/crypto';
import { OPERATOR, type Sending } from '../testing/consortium';
import { newKey, type Firm } from '../testing/firm';
import { handFor } from './hands-at-random';
import type { Move, World } from './world';

/** The place of a firm's record in its host's roster, as calls on members show it. */
function place({ consortium }: World, { record }: Firm): Pick<Sending, 'context'> {
  return { context: consortium.roster(record.host).proofOf(record.id) };
}

const rosterPlan =
  ({ record }: Firm): Move['plan'] =>
  (network) =>
    planPublicCall([OPERATOR, record.host], network);

/** After a member call: the firm's record as the ledger has it. */
async function refresh(world: World, firm: Firm): Promise<void> {
  firm.record = await world.client().record('Member', firm.record.id);
  world.consortium.roster(firm.record.host).put(firm.record);
}

/** The operator suspends a firm, or lets it act again. */
export async function setStatus(world: World, chosen?: Firm): Promise<Move | null> {
  const { dice, book, firms, consortium } = world;
  const { operator, bankA, bankB } = consortium.firms;
  const firm =
    chosen ??
    dice.prefer(
      firms.filter((each) => each !== bankA && each !== bankB),
      (each) => book.suspended.has(each),
    );
  if (firm === null) return null;
  const status = book.suspended.has(firm) ? 'active' : 'suspended';
  const by = chosen !== undefined || dice.chance(90) ? operator : dice.pick(firms);
  const hand = chosen === undefined ? handFor(world, by, 'makerChecker') : 'right';
  const client = world.client(hand, by);
  const input = { ...client.authoring(by), member: firm.record.id, status, reason: '核查' } as const;
  const signed = await client.sign(buildSetStatus(input), by);
  return {
    name: 'member.setStatus',
    sending: { contract: 'member', fn: 'setStatus', signed, ...place(world, firm) },
    plan: rosterPlan(firm),
    foresee: world.judged({ by, hand, need: 'makerChecker', kinds: ['OPERATOR'] }, () => null),
    happen: async () => {
      if (status === 'suspended') book.suspended.add(firm);
      else book.suspended.delete(firm);
      await refresh(world, firm);
    },
  };
}

/** A firm sets up to which amount one of its people may sign. */
export async function setSoloLimit(world: World): Promise<Move> {
  const { dice, book, firms } = world;
  const by = dice.pick(firms);
  const hand = handFor(world, by, 'makerChecker');
  const client = world.client(hand, by);
  const limit = dice.pick([0n, 20_000_00n, 100_000_00n, 100_000_01n]);
  const signed = await client.sign(buildSetSoloLimit({ ...client.authoring(by), soloLimitFen: limit }), by);
  return {
    name: 'member.setSoloLimit',
    sending: { contract: 'member', fn: 'setSoloLimit', signed, ...place(world, by) },
    plan: rosterPlan(by),
    foresee: world.judged({ by, hand, need: 'makerChecker' }, () =>
      limit > 100_000_00n ? 'SOLO_LIMIT_TOO_HIGH' : null,
    ),
    happen: async () => {
      book.solo.set(by, limit);
      await refresh(world, by);
    },
  };
}

/** One more key for the maker: of its own role, or one that would let it be its own checker. */
export async function addKey(world: World): Promise<Move | null> {
  const { dice, firms, consortium, second } = world;
  const by = dice.pick(firms);
  const maker = by.record.keys.find(({ roles, revokedAt }) => roles.includes('maker') && revokedAt === null);
  if (maker === undefined || by.record.keys.length > 20) return null;
  const made = newKey(dice.pick(['maker', 'checker']), world.now, consortium.random);
  const key: MemberKey = { ...made.key, person: maker.person };
  const isAlone = dice.chance(40);
  const client = world.client();
  const input = { ...client.authoring(by), key, admission: await signKey(key, made.signer) };
  const signed = await client.sign(
    buildAddKey(input),
    by,
    ...(isAlone ? (['maker'] as const) : (['maker', 'checker'] as const)),
  );
  return {
    name: 'member.addKey',
    sending: { contract: 'member', fn: 'addKey', signed, ...place(world, by) },
    plan: rosterPlan(by),
    foresee: () => {
      if (world.book.suspended.has(by)) return 'MEMBER_SUSPENDED';
      return isAlone && key.roles.includes('checker') ? 'ROLE_MISSING' : null;
    },
    happen: async () => {
      (by.signers as Map<string, Signer>).set(key.keyId, made.signer);
      if (key.roles.includes('checker')) second.set(by, { role: 'checker', signer: made.signer, keyId: key.keyId });
      await refresh(world, by);
    },
  };
}

/** A firm revokes one of two maker keys. */
export async function revokeKey(world: World): Promise<Move | null> {
  const { dice, firms, revoked } = world;
  const isLivingMaker = ({ roles, revokedAt }: MemberKey): boolean => roles.includes('maker') && revokedAt === null;
  const able = firms.filter(({ record }) => record.keys.filter(isLivingMaker).length > 1);
  if (able.length === 0) return null;
  const by = dice.pick(able);
  const key = by.record.keys.find(isLivingMaker);
  const signer = key === undefined ? undefined : by.signers.get(key.keyId);
  if (key === undefined || signer === undefined) return null;
  const client = world.client();
  const input = { ...client.authoring(by), member: by.record.id, keyId: key.keyId, reason: '换人' };
  const signed = await client.sign(buildRevokeKey(input), by, 'checker');
  return {
    name: 'member.revokeKey',
    sending: { contract: 'member', fn: 'revokeKey', signed, ...place(world, by) },
    plan: rosterPlan(by),
    // It only protects, so a suspended firm may do it.
    foresee: () => null,
    happen: async () => {
      revoked.set(by, { role: 'maker', signer, keyId: key.keyId });
      await refresh(world, by);
    },
  };
}

/** The operator moves the trial clock on by so many milliseconds, or, when it may go wrong, tries to leave it where it is. */
export async function moveClock(world: World, ms: number, mayFail = true): Promise<Move> {
  const { consortium, dice } = world;
  const { clock } = consortium;
  const by = consortium.firms.operator;
  const hand = mayFail ? handFor(world, by, 'anyKey') : 'right';
  const client = world.client(hand, by);
  const offsetMs = mayFail && dice.chance(10) ? clock.offsetMs : clock.offsetMs + ms;
  const signed = await client.sign(buildMoveClock({ ...client.authoring(by), offsetMs }), by, 'maker');
  return {
    name: 'network.moveClock',
    sending: { contract: 'network', fn: 'moveClock', signed },
    plan: (network) => planPublicCall([OPERATOR], network),
    foresee: world.judged({ by, hand, need: 'anyKey', kinds: ['OPERATOR'] }, () =>
      offsetMs <= clock.offsetMs ? 'BAD_INPUT' : null,
    ),
    happen: () => {
      clock.offsetMs = offsetMs;
    },
  };
}
