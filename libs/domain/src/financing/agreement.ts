import type { Instant } from '../calendar';
import { step } from '../lifecycle';
import { accept, refuse, type Outcome } from '../refusal';
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
  /** Until when it may be disbursed. */
  validUntil: Instant;
}

function decideAgreed(order: FinancingView, now: Instant): Outcome<true> {
  if (order.state !== 'agreed' || order.decideBy === null) return refuse('ORDER_STATE', { state: order.state });
  return now < order.decideBy ? accept(true) : refuse('DECIDE_BY_PASSED', { until: order.decideBy });
}

/**
 * Whether the chosen bank may approve; the three signatures are {@link decideSigners}' matter. Refuses with NOT_INVITED, ORDER_STATE,
 * DECIDE_BY_PASSED, RECORD_EXISTS (approved before), CHECKLIST_INCOMPLETE, AGREEMENT_OVER (`validUntil` past).
 */
export function decideApprove(
  order: FinancingView,
  agreement: AgreementView | null,
  command: { caller: string; checklist: ChecklistView; validUntil: Instant },
  now: Instant,
): Outcome<AgreementState> {
  if (order.bank !== command.caller) return refuse('NOT_INVITED');
  const agreed = decideAgreed(order, now);
  if (!agreed.ok) return agreed;
  if (agreement) return refuse('RECORD_EXISTS');
  const item = CHECKLIST_ITEMS.find((candidate) => !command.checklist[candidate]);
  if (item) return refuse('CHECKLIST_INCOMPLETE', { item }, { field: `checklist.${item}` });
  if (command.validUntil <= now)
    return refuse('AGREEMENT_OVER', { until: command.validUntil }, { field: 'validUntil' });
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
