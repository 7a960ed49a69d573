import { commitOwner } from '@tallystick/crypto';
import type { FinancingView } from '@tallystick/domain';
import type { FinancingOrder } from '@tallystick/protocol';
import { provenHolding, type HoldingCall, type ProvenHolding } from '../holding/proven-holding';

/** A financing order with its locked piece, and how the rules see it. */
export interface ProvenFinancing {
  order: FinancingOrder;
  piece: ProvenHolding;
  view: FinancingView;
}

/**
 * The order `id`, its piece proven. `bank` is the agreed bank when the call proved it.
 * @throws Refused RECORD_NOT_FOUND, OPENING_MISMATCH
 */
export async function provenFinancing(
  call: HoldingCall,
  id: string,
  bank: string | null = null,
): Promise<ProvenFinancing> {
  const order = await call.state.order('financing', id);
  const piece = await provenHolding(call, order.holding);
  const { state, openUntil, decideBy } = order;
  return { order, piece, view: { state, owner: piece.opening.owner, openUntil, decideBy, bank } };
}

/**
 * The agreed bank, when `candidate` is it: the bank of the accepted quote's invitation, shown by the invitation's salt.
 * @returns null when no quote is accepted, or the invitation is another bank's
 */
export async function agreedBank(
  call: HoldingCall & { context: { bankSalt: string } },
  order: FinancingOrder,
  candidate: string,
): Promise<string | null> {
  if (order.quote === null) return null;
  const { invitation } = await call.state.get('Quote', order.quote);
  const { bank } = await call.state.get('Invitation', invitation);
  const named = commitOwner({ holdingId: invitation, memberId: candidate, salt: call.context.bankSalt });
  return named === bank ? candidate : null;
}
