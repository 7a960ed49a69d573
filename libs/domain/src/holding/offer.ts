import { addBusinessDays, businessDateOf, earlierOf, endOfDay, type Instant } from '../calendar';
import { blackoutFrom, isOverdue } from '../certificate';
import { step, type Lifecycle } from '../lifecycle';
import { decideActing, type MemberView } from '../member';
import { accept, refuse, refuseItem, type Outcome } from '../refusal';
import type { Cut } from './cut';
import { isSpent, type HoldingView } from './holding';
import { decideCertificateMoves, decideDepth, decideFree, decideHoldingCut, type HoldingContext } from './move';

export type OfferState = 'open' | 'accepted' | 'declined' | 'withdrawn';
export type OfferAction = 'accept' | 'decline' | 'withdraw';

/** A transfer offer (流转申请) to one receiver. Lapsing is no state: past `until` the offer and its lock count as gone. */
export const offerLifecycle: Lifecycle<OfferState, OfferAction> = {
  noun: 'transfer offer',
  initial: 'open',
  refusal: 'OFFER_STATE',
  states: {
    open: { zh: '待签收', en: 'open' },
    accepted: { zh: '已签收', en: 'accepted' },
    declined: { zh: '已拒收', en: 'declined' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
  },
  edges: [
    { action: 'accept', from: ['open'], to: 'accepted', by: 'receiver, in time' },
    { action: 'decline', from: ['open'], to: 'declined', by: 'receiver, in time' },
    { action: 'withdraw', from: ['open'], to: 'withdrawn', by: 'sender, in time' },
  ],
};

/** An offer as the rules see it. */
export interface OfferView {
  state: OfferState;
  sender: string;
  receiver: string;
  until: Instant;
}

/** One receiver and what it is to get. */
export interface OfferPiece {
  receiver: Pick<MemberView, 'id' | 'kinds' | 'status'>;
  amountFen: bigint;
}

/** An owner's offer to one or several receivers. */
export interface OfferCommand {
  caller: string;
  pieces: readonly OfferPiece[];
  /** When the offers lapse, at most {@link offerDeadline}. */
  until: Instant;
}

/** The latest end of an offer made now: some business days on, and before the blackout begins unless the certificate is overdue. */
export function offerDeadline(context: HoldingContext): Instant {
  const { certificate, now, rules } = context;
  const end = endOfDay(addBusinessDays(rules.calendar, businessDateOf(now), rules.offerBusinessDays).date);
  return isOverdue(certificate, now, rules) ? end : earlierOf(end, blackoutFrom(certificate.dueDate, rules));
}

/**
 * Whether an owner may offer pieces of a holding (T12). The cut happens with the offer: one locked piece per receiver and a free remainder.
 * Refuses with NOT_OWNER, HOLDING_ALREADY_SPENT, HOLDING_LOCKED, CERTIFICATE_STATE, CERTIFICATE_SETTLING, IN_BLACKOUT, DEPTH_EXCEEDED,
 * RECEIVER_IS_OWNER, MEMBER_SUSPENDED, the refusals of the cut, OFFER_OVER and BAD_INPUT (`until` past, or above the deadline).
 */
export function decideOffer(holding: HoldingView, command: OfferCommand, context: HoldingContext): Outcome<Cut> {
  const { caller, pieces, until } = command;
  const free = decideFree(holding, caller, context.now);
  if (!free.ok) return free;
  const moves = decideCertificateMoves(context);
  if (!moves.ok) return moves;
  const depth = decideDepth(holding, context.rules);
  if (!depth.ok) return depth;
  for (const [index, { receiver }] of pieces.entries()) {
    const acting =
      receiver.id === caller ? refuse('RECEIVER_IS_OWNER', {}, { field: 'receiver' }) : decideActing(receiver, null);
    if (!acting.ok) return refuseItem(acting.refusal, 'pieces', index);
  }
  const cut = decideHoldingCut(
    holding,
    pieces.map(({ amountFen }) => amountFen),
    context,
  );
  if (!cut.ok) return cut;
  if (until <= context.now) return refuse('OFFER_OVER', { until }, { field: 'until' });
  const latest = offerDeadline(context);
  if (until > latest) return refuse('BAD_INPUT', { latest }, { field: 'until', rule: 'rule pack: offerBusinessDays' });
  return cut;
}

function decideEnd(offer: OfferView, action: OfferAction, now: Instant): Outcome<OfferState> {
  const next = step(offerLifecycle, offer.state, action);
  return next.ok && now >= offer.until ? refuse('OFFER_OVER', { until: offer.until }) : next;
}

/**
 * Whether a receiver may accept (流转签收). Refuses with NOT_RECEIVER, OFFER_STATE, OFFER_OVER, HOLDING_ALREADY_SPENT, CERTIFICATE_STATE,
 * CERTIFICATE_SETTLING, IN_BLACKOUT, DEPTH_EXCEEDED.
 *
 * @returns the depth of the receiver's new holding
 */
export function decideAcceptTransfer(
  offer: OfferView,
  piece: HoldingView,
  caller: string,
  context: HoldingContext,
): Outcome<{ state: OfferState; depth: number }> {
  if (offer.receiver !== caller) return refuse('NOT_RECEIVER');
  const state = decideEnd(offer, 'accept', context.now);
  if (!state.ok) return state;
  if (isSpent(piece)) return refuse('HOLDING_ALREADY_SPENT');
  const moves = decideCertificateMoves(context);
  if (!moves.ok) return moves;
  const depth = decideDepth(piece, context.rules);
  return depth.ok ? accept({ state: state.value, depth: depth.value }) : depth;
}

/** Whether a receiver may decline. Refuses with NOT_RECEIVER, OFFER_STATE, OFFER_OVER. */
export function decideDeclineTransfer(offer: OfferView, caller: string, now: Instant): Outcome<OfferState> {
  return offer.receiver === caller ? decideEnd(offer, 'decline', now) : refuse('NOT_RECEIVER');
}

/** Whether the sender may withdraw. Refuses with NOT_OWNER, OFFER_STATE, OFFER_OVER. */
export function decideWithdrawTransfer(offer: OfferView, caller: string, now: Instant): Outcome<OfferState> {
  return offer.sender === caller ? decideEnd(offer, 'withdraw', now) : refuse('NOT_OWNER');
}
