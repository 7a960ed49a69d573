import type { Instant } from '../calendar';
import { decideDepth, isSpent, type HoldingView } from '../holding';
import { step } from '../lifecycle';
import { decideActing, type MemberView } from '../member';
import { accept, refuse, type Outcome } from '../refusal';
import type { RulePack } from '../rule-pack';
import type { AgreementView } from './agreement';
import type { FinancingView } from './apply';
import { financingLifecycle, type FinancingState } from './lifecycle';

/** A statement that the net amount was paid; `order` and `net` name what was paid, as the order and the agreement do. */
export interface ReceiptView {
  by: Pick<MemberView, 'id' | 'kinds' | 'status'>;
  order: string;
  net: string;
}

/** What a disbursement looks at besides the order. */
export interface DisburseContext {
  caller: string;
  orderId: string;
  /** The agreed net amount, or the commitment to it: compared, never computed with. */
  net: string;
  agreement: AgreementView | null;
  receipt: ReceiptView | null;
  piece: HoldingView;
  certificateSettling: boolean;
  now: Instant;
  rules: RulePack;
}

/** The receipt is the payee's, or that of a clearing bank that is not the financier. */
function decideReceipt(order: FinancingView, { receipt, orderId, net }: DisburseContext): Outcome<true> {
  if (!receipt) return refuse('RECEIPT_REQUIRED');
  if (receipt.by.id === order.bank) return refuse('RECEIPT_NOT_INDEPENDENT', { by: receipt.by.id });
  if (receipt.order !== orderId || receipt.net !== net) return refuse('RECEIPT_MISMATCH');
  return receipt.by.id === order.owner ? accept(true) : decideActing(receipt.by, 'BANK');
}

/**
 * Whether the piece goes to the bank against the receipt. Refuses with NOT_INVITED, ORDER_STATE, SIGNING_OUT_OF_ORDER (not signed by both),
 * AGREEMENT_OVER, RECEIPT_REQUIRED, RECEIPT_NOT_INDEPENDENT, RECEIPT_MISMATCH, MEMBER_SUSPENDED, MEMBER_KIND, HOLDING_ALREADY_SPENT,
 * CERTIFICATE_SETTLING, DEPTH_EXCEEDED. The blackout does not stop it: money may already be on its way.
 *
 * @returns the depth of the bank's new holding
 */
export function decideDisburse(
  order: FinancingView,
  context: DisburseContext,
): Outcome<{ state: FinancingState; depth: number }> {
  const { agreement, piece, now } = context;
  if (order.bank !== context.caller) return refuse('NOT_INVITED');
  const state = step(financingLifecycle, order.state, 'disburse');
  if (!state.ok) return state;
  if (agreement?.state !== 'signed') return refuse('SIGNING_OUT_OF_ORDER', { state: agreement?.state ?? 'none' });
  if (now >= agreement.validUntil) return refuse('AGREEMENT_OVER', { until: agreement.validUntil });
  const receipt = decideReceipt(order, context);
  if (!receipt.ok) return receipt;
  if (isSpent(piece)) return refuse('HOLDING_ALREADY_SPENT');
  if (context.certificateSettling) return refuse('CERTIFICATE_SETTLING');
  const depth = decideDepth(piece, context.rules);
  return depth.ok ? accept({ state: state.value, depth: depth.value }) : depth;
}

/** Whether owner and bank together may give a signed but unpaid financing up (T36). Refuses with NOT_OWNER, NOT_INVITED, ORDER_STATE. */
export function decideFailDisbursement(order: FinancingView, signers: readonly string[]): Outcome<FinancingState> {
  if (!signers.includes(order.owner)) return refuse('NOT_OWNER');
  if (order.bank === null || !signers.includes(order.bank)) return refuse('NOT_INVITED');
  return step(financingLifecycle, order.state, 'fail');
}
