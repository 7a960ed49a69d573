import { endOfDay, type Instant, type IsoDate } from '../calendar';
import { interestEndDate } from '../certificate';
import { step } from '../lifecycle';
import { accept, refuse, type Outcome } from '../refusal';
import type { RulePack } from '../rule-pack';
import type { FinancingView } from './apply';
import { agreementLifecycle, financingLifecycle, type AgreementState, type FinancingState } from './lifecycle';

/** What the bank states it has checked before it approves; every item must be true. */
export type ChecklistView = Readonly<
  Record<'documents' | 'occupancy' | 'fingerprint' | 'limits' | 'registrySearch', boolean>
>;

const CHECKLIST_ITEMS = ['documents', 'occupancy', 'fingerprint', 'limits', 'registrySearch'] as const;

/** An agreement as the rules see it. */
export interface AgreementView {
  state: AgreementState;
  /** Until when it may be disbursed; named by the bank, which is not to pay later. */
  validUntil: Instant;
}

/** The latest end of an agreement: with the last day of interest, after which nothing is left to advance. */
export function agreementDeadline(dueDate: IsoDate, rules: RulePack): Instant {
  return endOfDay(interestEndDate(dueDate, rules));
}

/**
 * When the lock of an order ends by itself, unless the order ends before: while open, at `openUntil`; while agreed, at `decideBy`; once both
 * have signed, at the agreement's `validUntil`, since the piece can be disbursed until then and no longer. Null for an order that is over.
 */
export function financingLockUntil(
  { state, openUntil, decideBy }: Pick<FinancingView, 'state' | 'openUntil' | 'decideBy'>,
  agreement: AgreementView | null,
): Instant | null {
  if (state === 'open') return openUntil;
  if (state !== 'agreed') return null;
  return agreement?.state === 'signed' ? agreement.validUntil : decideBy;
}

/** Whether the order's lock still holds its piece; one that has lapsed is gone for everyone, though nobody tidied it (I9). */
export function financingLockHolds(
  order: Pick<FinancingView, 'state' | 'openUntil' | 'decideBy'>,
  agreement: AgreementView | null,
  now: Instant,
): boolean {
  const until = financingLockUntil(order, agreement);
  return until !== null && now < until;
}

function decideAgreed(order: FinancingView, now: Instant): Outcome<true> {
  if (order.state !== 'agreed' || order.decideBy === null) return refuse('ORDER_STATE', { state: order.state });
  return now < order.decideBy ? accept(true) : refuse('DECIDE_BY_PASSED', { until: order.decideBy });
}

/**
 * Whether the chosen bank may approve; the three signatures are {@link decideSigners}' matter. Refuses with NOT_INVITED, ORDER_STATE,
 * DECIDE_BY_PASSED, RECORD_EXISTS (approved before), CHECKLIST_INCOMPLETE, AGREEMENT_OVER (`validUntil` past), BAD_INPUT (`validUntil` after
 * the {@link agreementDeadline}: no piece is locked without end).
 */
export function decideApprove(
  order: FinancingView,
  agreement: AgreementView | null,
  command: { caller: string; checklist: ChecklistView; validUntil: Instant },
  { dueDate, now, rules }: { dueDate: IsoDate; now: Instant; rules: RulePack },
): Outcome<AgreementState> {
  if (order.bank !== command.caller) return refuse('NOT_INVITED');
  const agreed = decideAgreed(order, now);
  if (!agreed.ok) return agreed;
  if (agreement) return refuse('RECORD_EXISTS');
  const item = CHECKLIST_ITEMS.find((candidate) => !command.checklist[candidate]);
  if (item) return refuse('CHECKLIST_INCOMPLETE', { item }, { field: `checklist.${item}` });
  if (command.validUntil <= now)
    return refuse('AGREEMENT_OVER', { until: command.validUntil }, { field: 'validUntil' });
  const latest = agreementDeadline(dueDate, rules);
  if (command.validUntil > latest) return refuse('BAD_INPUT', { latest }, { field: 'validUntil' });
  return accept(agreementLifecycle.initial);
}

/** Whether a party may sign: the owner, then the bank (T35). Refuses with NOT_OWNER, NOT_INVITED, ORDER_STATE, DECIDE_BY_PASSED, SIGNING_OUT_OF_ORDER. */
export function decideSign(
  order: FinancingView,
  agreement: AgreementView,
  command: { caller: string; as: 'owner' | 'bank' },
  now: Instant,
): Outcome<AgreementState> {
  if (command.as === 'owner' && order.owner !== command.caller) return refuse('NOT_OWNER');
  if (command.as === 'bank' && order.bank !== command.caller) return refuse('NOT_INVITED');
  const agreed = decideAgreed(order, now);
  if (!agreed.ok) return agreed;
  return step(agreementLifecycle, agreement.state, command.as === 'owner' ? 'ownerSign' : 'bankSign');
}

/** Whether the chosen bank may reject: until both have signed. Refuses with NOT_INVITED, ORDER_STATE, SIGNING_OUT_OF_ORDER. */
export function decideReject(
  order: FinancingView,
  agreement: AgreementView | null,
  caller: string,
): Outcome<FinancingState> {
  if (order.bank !== caller) return refuse('NOT_INVITED');
  if (agreement?.state === 'signed') return refuse('SIGNING_OUT_OF_ORDER', { state: agreement.state });
  return step(financingLifecycle, order.state, 'reject');
}
