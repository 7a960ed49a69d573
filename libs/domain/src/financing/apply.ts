import type { Instant } from '../calendar';
import { blackoutFrom, isOverdue } from '../certificate';
import {
  decideCertificateMoves,
  decideDepth,
  decideFree,
  decideHoldingCut,
  type Cut,
  type HoldingContext,
  type HoldingView,
} from '../holding';
import { step } from '../lifecycle';
import { decideActing, type MemberView } from '../member';
import { accept, refuse, type Outcome } from '../refusal';
import { financingLifecycle, type FinancingState } from './lifecycle';

/** A financing order as the rules see it. */
export interface FinancingView {
  state: FinancingState;
  owner: string;
  /** Until when banks may quote and the owner may choose. */
  openUntil: Instant;
  /** Set once a quote is accepted: until when the bank decides and both sign. */
  decideBy: Instant | null;
  /** The chosen bank, once a quote is accepted. */
  bank: string | null;
}

/** An owner's application for cash on one piece of a holding. */
export interface ApplyCommand {
  caller: string;
  amountFen: bigint;
  openUntil: Instant;
}

/**
 * Whether an owner may apply; the piece is cut and locked at once. Refuses with NOT_OWNER, HOLDING_ALREADY_SPENT, HOLDING_LOCKED,
 * CERTIFICATE_STATE (also for an overdue one: nothing is left to discount; and on a part-paid holding: a price is for the whole piece), CERTIFICATE_SETTLING, IN_BLACKOUT, DEPTH_EXCEEDED, the
 * refusals of the cut, ORDER_OVER and BAD_INPUT (`openUntil` past, or into the blackout).
 */
export function decideApply(holding: HoldingView, command: ApplyCommand, context: HoldingContext): Outcome<Cut> {
  const { certificate, now, rules } = context;
  const { openUntil } = command;
  const free = decideFree(holding, command.caller, now);
  if (!free.ok) return free;
  const moves = decideCertificateMoves(context);
  if (!moves.ok) return moves;
  if (isOverdue(certificate, now, rules)) return refuse('CERTIFICATE_STATE', { state: 'overdue' });
  if (holding.paidFen > 0n) return refuse('CERTIFICATE_STATE', { state: 'partPaid' });
  const depth = decideDepth(holding, rules);
  if (!depth.ok) return depth;
  const cut = decideHoldingCut(holding, [command.amountFen], context);
  if (!cut.ok) return cut;
  if (openUntil <= now) return refuse('ORDER_OVER', { until: openUntil }, { field: 'openUntil' });
  const latest = blackoutFrom(certificate.dueDate, rules);
  if (openUntil > latest)
    return refuse('BAD_INPUT', { latest }, { field: 'openUntil', rule: 'rule pack: blackoutBusinessDays' });
  return cut;
}

/** Whether banks may still quote and the owner still choose. Refuses with ORDER_STATE, ORDER_OVER. */
export function decideOpen({ state, openUntil }: FinancingView, now: Instant): Outcome<true> {
  if (state !== 'open') return refuse('ORDER_STATE', { state });
  return now < openUntil ? accept(true) : refuse('ORDER_OVER', { until: openUntil });
}

/** Whether the owner may invite this bank. Refuses with NOT_OWNER, ORDER_STATE, ORDER_OVER, RECEIVER_IS_OWNER, MEMBER_SUSPENDED, MEMBER_KIND. */
export function decideInvite(
  order: FinancingView,
  caller: string,
  bank: Pick<MemberView, 'id' | 'kinds' | 'status'>,
  now: Instant,
): Outcome<true> {
  if (order.owner !== caller) return refuse('NOT_OWNER');
  const open = decideOpen(order, now);
  if (!open.ok) return open;
  if (bank.id === caller) return refuse('RECEIVER_IS_OWNER', {}, { field: 'bank' });
  return decideActing(bank, 'BANK');
}

/** Whether the owner may take the application back. Refuses with NOT_OWNER, ORDER_STATE (a quote was accepted). */
export function decideWithdrawApplication(order: FinancingView, caller: string): Outcome<FinancingState> {
  return order.owner === caller ? step(financingLifecycle, order.state, 'withdraw') : refuse('NOT_OWNER');
}
