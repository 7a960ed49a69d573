import {
  acceptTransferOpenings,
  buildDeclineTransfer,
  buildWithdrawTransfer,
  offerOpenings,
  planMove,
  planValueCall,
} from '@tallystick/protocol';
import type { Firm } from '../testing/firm';
import { acceptCallOf, answerSending, offerCall, type Held } from '../testing/passing';
import { isLocked, isSpent, sizeOf, type Claim, type Offer, type Part } from './book';
import { midnightAfter, sooner } from './days';
import { handFor } from './hands-at-random';
import { isOverdue } from './issuing';
import { partiesOfPart, type Attempt, type Move, type World } from './world';

export const heldOf = ({ claim, opening }: Part): Held => ({ certificate: claim.opening, holding: opening });

/** Why nothing on a claim moves now. */
function movesFault({ now, days }: World, { status, settling, due }: Claim): string | null {
  if (status !== 'active') return 'CERTIFICATE_STATE';
  if (settling !== null) return 'CERTIFICATE_SETTLING';
  return now >= days.blackout(due) && now < days.cutOff(due) ? 'IN_BLACKOUT' : null;
}

const MAX_DEPTH = 10;

/** Why a firm may not dispose of a part now. */
export function partFault(world: World, part: Part, by: Firm): string | null {
  if (part.owner !== by) return 'NOT_OWNER';
  if (isSpent(part)) return 'HOLDING_ALREADY_SPENT';
  return isLocked(part, world.now) ? 'HOLDING_LOCKED' : movesFault(world, part.claim);
}

/** Why a part may not be cut into these sizes. */
export function cutFault(world: World, part: Part, sizes: readonly bigint[]): string | null {
  const rest = sizeOf(part) - sizes.reduce((sum, size) => sum + size, 0n);
  if (sizes.length === 1 && rest === 0n) return null;
  const { face } = part.claim;
  const share = (face + 9_999n) / 10_000n;
  const smallest = share > 100n ? share : 100n;
  if ([...sizes, ...(rest > 0n ? [rest] : [])].some((size) => size < smallest)) return 'HOLDING_TOO_SMALL';
  return part.paid > 0n || isOverdue(world, part.claim) ? 'OVERDUE_MOVES_WHOLE' : null;
}

/** Sizes for so many pieces: the whole, a cut, or one that is too small. */
export function sizesOf({ dice }: World, part: Part, count: number): bigint[] {
  const size = sizeOf(part);
  if (count === 1 && dice.chance(part.paid > 0n ? 80 : 25)) return [size];
  if (dice.chance(4)) return [1n];
  return Array.from({ length: count }, () => ((size / BigInt(count)) * BigInt(1 + dice.below(90))) / 100n || 1n);
}

/** The owner offers pieces of a part to one or two receivers. */
export async function offer(world: World, chosen?: Part): Promise<Move | null> {
  const { dice, book, firms, days, now, today } = world;
  const part = chosen ?? dice.prefer(book.parts, (each) => partFault(world, each, each.owner) === null);
  if (part === null) return null;
  const { claim } = part;
  const by = chosen !== undefined || dice.chance(90) ? part.owner : dice.pick(firms);
  const receivers = Array.from({ length: dice.chance(25) ? 2 : 1 }, () => dice.pick(firms));
  const sizes = sizesOf(world, part, receivers.length);
  const latest = midnightAfter(days.shifted(today, 3));
  const until = isOverdue(world, claim) ? latest : sooner(latest, days.blackout(claim.due));
  const hand = handFor(world, by, 'byAmount');
  const to = receivers.map((receiver, index) => ({ receiver, amountFen: sizes[index] ?? 1n }));
  // Built as the owner would, for somebody else's pieces could not be opened.
  const call = await offerCall(world.client(hand, by), heldOf(part), by, { to, until });
  const amount = sizes.reduce((sum, size) => sum + size, 0n);
  const attempt: Attempt = { by, hand, need: 'byAmount', amount };
  return {
    name: 'transfer.offer',
    sending: { ...call, members: receivers },
    plan: (network) => planValueCall(partiesOfPart(part), network),
    foresee: world.judged(attempt, () => {
      if (receivers.some((receiver) => book.suspended.has(receiver))) return 'MEMBER_SUSPENDED';
      const fault = partFault(world, part, by) ?? (part.depth >= MAX_DEPTH ? 'DEPTH_EXCEEDED' : null);
      if (fault !== null) return fault;
      if (receivers.includes(by)) return 'RECEIVER_IS_OWNER';
      return cutFault(world, part, sizes) ?? (until <= now ? 'OFFER_OVER' : null);
    }),
    happen: () => {
      const { holdings, transfers } = offerOpenings(call.signed, part.opening);
      part.status = 'consumed';
      part.lock = null;
      const pieces = holdings.map((opening) => pieceOf(part, opening));
      book.parts.push(...pieces);
      for (const [index, opening] of transfers.entries()) {
        const [piece, receiver] = [pieces[index], receivers[index]];
        if (piece === undefined || receiver === undefined) throw new Error('an offer of nothing, or to nobody');
        const made: Offer = {
          kind: 'offer',
          id: opening.order,
          part: piece,
          sender: by,
          receiver,
          until,
          state: 'open',
          opening,
        };
        piece.lock = made;
        book.offers.push(made);
      }
    },
  };
}

/** A piece of a part, still its owner's, as deep and as paid as before. */
export function pieceOf(part: Part, opening: Part['opening']): Part {
  const [lo, hi] = [BigInt(opening.lo), BigInt(opening.hi)];
  return { ...part, id: opening.holding, lo, hi, status: 'live', lock: null, opening };
}

/** The part moves whole to a new owner. */
export function movedTo(world: World, part: Part, owner: Firm, opening: Part['opening']): void {
  part.status = 'consumed';
  part.lock = null;
  world.book.parts.push({ ...pieceOf(part, opening), owner, depth: part.depth + 1 });
}

/** Accept, decline or withdraw an offer: by whoever may, or by somebody else. */
export async function answerOffer(world: World, chosen?: Offer): Promise<Move | null> {
  const { dice, book, firms } = world;
  const one = chosen ?? dice.prefer(book.offers, (each) => each.state === 'open' && world.now < each.until);
  if (one === null) return null;
  const fn = dice.weighted({ accept: 7, decline: 1, withdraw: 1 });
  const entitled = fn === 'withdraw' ? one.sender : one.receiver;
  const by = dice.chance(90) ? entitled : dice.pick(firms);
  const { part } = one;
  const offered = { ...heldOf(part), transfer: one.opening };
  const context = () => ({ ...heldOf(part), transfer: one.opening });
  const need = fn === 'accept' ? 'byAmount' : 'onePerson';
  const hand = handFor(world, by, need);
  const client = world.client(hand, by);
  const attempt: Attempt = { by, hand, need, amount: sizeOf(part) };
  const endFault = (): string | null => {
    if (by !== entitled) return fn === 'withdraw' ? 'NOT_OWNER' : 'NOT_RECEIVER';
    if (one.state !== 'open') return 'OFFER_STATE';
    return world.now >= one.until ? 'OFFER_OVER' : null;
  };
  if (fn === 'accept') {
    const call = await acceptCallOf(client, offered, by);
    return {
      name: 'transfer.accept',
      sending: call,
      context,
      plan: (network) => planMove(partiesOfPart(part), one.receiver.record.host, network),
      foresee: world.judged(attempt, () => {
        const fault = endFault();
        if (fault !== null) return fault;
        if (isSpent(part)) return 'HOLDING_ALREADY_SPENT';
        return movesFault(world, part.claim) ?? (part.depth >= MAX_DEPTH ? 'DEPTH_EXCEEDED' : null);
      }),
      happen: () => {
        const [opening] = acceptTransferOpenings(call.signed, part.opening).holdings;
        if (opening === undefined) throw new Error('accepting opens one holding');
        one.state = 'accepted';
        movedTo(world, part, by, opening);
      },
    };
  }
  const input = { ...client.authoring(by), order: one.id, reason: '不要' };
  const signed = await client.sign(
    fn === 'decline' ? buildDeclineTransfer(input) : buildWithdrawTransfer(input),
    by,
    'maker',
  );
  return {
    name: `transfer.${fn}`,
    sending: answerSending(fn, offered, [], signed),
    context,
    plan: (network) => planValueCall(partiesOfPart(part), network),
    foresee: world.judged(attempt, endFault),
    happen: () => {
      one.state = fn === 'decline' ? 'declined' : 'withdrawn';
      if (part.status === 'live' && part.lock === one) part.lock = null;
    },
  };
}
