import { signedBytes, verifySignature } from '@tallystick/crypto';
import { LIFECYCLES, type Lifecycle } from '@tallystick/domain';
import type { Tx } from '@tallystick/ledger';
import {
  AppliedEventSchema,
  instructionHash,
  type MemberRecord,
  type RecordOf,
  type SignedInstruction,
} from '@tallystick/protocol';
import type { World } from '../world';
import type { Change, ChangeOf, Image } from './image';

/** A valid transaction with what it changed; `image` is the state after it. */
export interface Seen {
  tx: Tx;
  changes: readonly Change[];
  image: Image;
  world: World;
}

/** What must hold of every valid transaction: what is wrong, or null. */
export type Transition = (seen: Seen) => string | null;

function ofType<T extends Change['type']>({ changes }: Seen, type: T): ChangeOf<T>[] {
  return changes.filter((change) => change.type === type) as ChangeOf<T>[];
}

function isEdge(lifecycle: Lifecycle<string, string>, from: string | null, to: string): boolean {
  if (from === null) return to === lifecycle.initial;
  return from === to || lifecycle.edges.some((edge) => edge.from.includes(from) && edge.to === to);
}

function stateOf({ type, before, after }: Change): [keyof typeof LIFECYCLES, string | null, string][] {
  switch (type) {
    case 'Certificate':
      return [['certificate', before?.status ?? null, after.status]];
    case 'Holding':
      return [['holding', before?.status ?? null, after.status]];
    case 'Order': {
      const name = after.kind === 'transfer' ? 'offer' : after.kind;
      return [[name, before?.state ?? null, after.state]];
    }
    case 'Quote':
      return [['quote', before?.state ?? null, after.state]];
    case 'Agreement':
      return [['agreement', before?.state ?? null, after.state]];
    case 'Page':
      return after.lines
        .map(
          (line, index) =>
            ['payout', before?.lines[index]?.state ?? null, line.state] as [
              keyof typeof LIFECYCLES,
              string | null,
              string,
            ],
        )
        .filter(([, from]) => from !== null);
    default:
      return [];
  }
}

/** Quality I7, I8: states move along the declared edges only, and last states absorb. */
const lifecycle: Transition = ({ changes }) => {
  for (const change of changes) {
    for (const [name, from, to] of stateOf(change)) {
      const declared = LIFECYCLES[name] as unknown as Lifecycle<string, string>;
      if (!isEdge(declared, from, to)) return `${declared.noun}: ${from ?? 'nothing'} → ${to}`;
    }
  }
  return null;
};

const UNCHANGING = ['id', 'certificate', 'parent', 'lo', 'hi', 'owner', 'host', 'depth', 'madeBy'] as const;

/** I2: a holding is spent once, by one instruction, and is nobody else's before or after. */
const spentOnce: Transition = (seen) => {
  for (const { before, after } of ofType(seen, 'Holding')) {
    if (before === null) continue;
    if (UNCHANGING.some((field) => before[field] !== after[field]))
      return `a holding's ${UNCHANGING.find((field) => before[field] !== after[field]) ?? ''} changed`;
    if (before.status !== 'live' && (after.status !== before.status || after.spentBy !== before.spentBy))
      return 'a spent holding was spent again';
    if (before.status === 'consumed') return 'a consumed holding was written';
    if ((after.status === 'live') !== (after.spentBy === null)) return 'spent by nobody, or by somebody while live';
  }
  return null;
};

/** Quality I2, I3: what is consumed has its successors in the same transaction, and their cuts chain from end to end. */
const succeeded: Transition = (seen) => {
  const holdings = ofType(seen, 'Holding');
  const born = holdings.filter(({ before }) => before === null).map(({ after }) => after);
  for (const { before, after } of holdings) {
    if (before?.status !== 'live' || after.status !== 'consumed') continue;
    const children = born.filter(({ parent }) => parent === after.id);
    let at = after.lo;
    for (const _ of children) at = children.find(({ lo }) => lo === at)?.hi ?? '';
    if (at !== after.hi) return 'cuts of the children do not chain';
    if (children.some(({ depth }) => depth !== after.depth && depth !== after.depth + 1)) return 'a depth out of line';
    if (children.some(({ depth }) => depth > 10)) return 'more changes of owner than the rules allow';
  }
  const orphan = born.find(
    ({ parent }) =>
      parent !== null && !holdings.some(({ after }) => after.id === parent && after.status === 'consumed'),
  );
  return orphan === undefined ? null : 'a child of what was not consumed';
};

const personOf = ({ keys }: MemberRecord, keyId: string): string | null =>
  keys.find((key) => key.keyId === keyId)?.person ?? null;

/** Domain I7, I8; quality I11, I12: who is behind it, by living keys of different people, over exactly this instruction. */
const authorised: Transition = (seen) => {
  const { tx, image, world, changes } = seen;
  // Asked again, the contract answers with the stored outcome and writes nothing.
  if (tx.fn === 'genesis' || changes.length === 0) return null;
  const written = ofType(seen, 'Instruction').filter(({ after }) => !after.voided);
  if (written.length === 0) return 'changed something by nobody’s instruction';
  for (const { key, before, after } of written) {
    if (before !== null) return 'an instruction was applied twice';
    const signed = [...world.signed].find(([id]) => key.includes(id))?.[1];
    if (signed === undefined) return tx.fn === 'admit' ? null : 'an instruction that nobody gave';
    const fault = instructionFault(seen, signed, after);
    if (fault !== null) return fault;
  }
  const event = AppliedEventSchema.parse(JSON.parse(new TextDecoder().decode(tx.event?.payload)));
  if (event.instructions.length !== written.length) return 'the event names other instructions';
  return image.get('Genesis') === null ? 'no genesis' : null;
};

function instructionFault(
  { image }: Seen,
  { instruction, signatures }: SignedInstruction,
  record: RecordOf<'Instruction'>,
): string | null {
  if (record.hash !== instructionHash(instruction)) return 'another instruction than was signed';
  if (instruction.rulePack === '') return 'no rule pack';
  const member = image.get('Member', instruction.member);
  if (member === null) return 'signed by no member';
  const people = signatures.map(({ keyId }) => personOf(member, keyId));
  if (people.includes(null) || new Set(people).size !== people.length) return 'one person signed twice';
  const isTrue = signatures.every(({ role, keyId, sig }) => {
    const publicKey = member.keys.find((key) => key.keyId === keyId)?.publicKey ?? '';
    return verifySignature({ publicKey, bytes: signedBytes(role, instruction), signature: sig });
  });
  return isTrue ? null : 'a signature does not verify';
}

/** Quality I6: only its owner cuts a holding, and only to whom it was offered or sold does it go. */
const byItsHolder: Transition = (seen) => {
  const { tx, world } = seen;
  const [signer] = ofType(seen, 'Instruction').map(
    ({ key }) => [...world.signed].find(([id]) => key.includes(id))?.[1].instruction.member,
  );
  for (const { before, after } of ofType(seen, 'Holding')) {
    if (before?.status !== 'live' || after.status !== 'consumed') continue;
    const part = world.book.parts.find(({ id }) => id === after.id);
    if (part === undefined) return 'a holding the model does not know';
    const order = before.lock?.order;
    const offer = world.book.offers.find(({ id }) => id === order);
    const deal = world.book.deals.find(({ id }) => id === order);
    const entitled =
      tx.fn === 'accept' ? offer?.receiver : tx.fn === 'disburse' ? deal?.chosen?.asked.bank : part.owner;
    const signers = ofType(seen, 'Instruction').map(
      ({ key }) => [...world.signed].find(([id]) => key.includes(id))?.[1].instruction.member,
    );
    if (entitled === undefined || !signers.includes(entitled.record.id)) return `moved by ${signer ?? 'nobody'}`;
  }
  return null;
};

/** I9: when an order ends without effect, the claim behind it stands, and free. */
const claimOutlivesOrder: Transition = (seen) => {
  for (const { before, after } of ofType(seen, 'Order')) {
    const isOver =
      ['declined', 'withdrawn', 'ended'].includes(after.state) && before !== null && before.state !== after.state;
    if (!isOver || after.kind === 'settlement') continue;
    const holding = seen.image.get('Holding', after.holding);
    if (holding === null) return 'the piece is gone';
    if (ofType(seen, 'Holding').some(({ after: { id, status } }) => id === holding.id && status !== 'live'))
      return 'the end of an order spent its piece';
    if (holding.lock?.order === after.id) return 'the lock outlived its order';
    if (ofType(seen, 'Certificate').length > 0) return 'the end of an order touched the certificate';
  }
  return null;
};

/** I3: a new lock is of an order made with it, on the whole of a new piece. */
const lockedWhole: Transition = (seen) => {
  for (const { before, after } of ofType(seen, 'Holding')) {
    if (after.lock === null) continue;
    if (after.status !== 'live') return 'a lock on a spent holding';
    const order = seen.image.get('Order', after.lock.order);
    if (order === null || order.kind === 'settlement' || order.holding !== after.id) return 'a lock of no order';
    if (before !== null && before.lock === null) return 'an old holding was locked without a cut';
  }
  return null;
};

/** Quality I23 and X46: what stands in public names no amount and no person. */
const publicArgument: Transition = ({ tx }) =>
  tx.args.join() === '{"v":1}' ? null : 'something private in the arguments';

/** All of them, by the names of the design. */
export const TRANSITIONS: Readonly<Record<string, Transition>> = {
  'I7 I8 states move along declared edges': lifecycle,
  'I2 a holding is spent once': spentOnce,
  'I3 children tile their parent': succeeded,
  'I11 I12 members asked for it': authorised,
  'I6 only the holder moves a claim': byItsHolder,
  'I9 an order’s end is not the claim’s': claimOutlivesOrder,
  'I3 one lock on a whole holding': lockedWhole,
  'public arguments say nothing': publicArgument,
};
