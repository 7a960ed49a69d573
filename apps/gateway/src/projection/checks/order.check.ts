import type { Case, Check, Counterfeit } from './check';

/** A new order stands on a certificate that is believed; one that moves a holding has locked it in the same transaction. */
export const checkOrder: Check<'Order'> = async ({ record }, within) => {
  const certificate = await within.mirror.find('Certificate', record.certificate);
  if (certificate === null) return 'CERTIFICATE_UNKNOWN';
  if (certificate.counterfeit !== null) return 'PARENT_COUNTERFEIT';
  if (record.kind === 'settlement') return record.state === 'prepared' ? null : 'BORN_PAID';
  if (record.state !== 'open') return 'BORN_PAID';
  return locked(record, within);
};

function locked(order: { id: string; holding: string; certificate: string }, within: Case): Counterfeit | null {
  const piece = within.written('Holding', order.holding);
  const held = piece?.record.lock?.order === order.id && piece.record.certificate === order.certificate;
  return held ? null : 'LOCK_MISSING';
}

/** A new invitation, quote, agreement or page belongs to an order that exists and is believed. */
export async function checkUnderOrder(orderId: string, within: Case): Promise<Counterfeit | null> {
  if (within.written('Order', orderId) !== null) return null;
  const order = await within.mirror.find('Order', orderId);
  if (order === null) return 'ORDER_UNKNOWN';
  return order.counterfeit === null ? null : 'PARENT_COUNTERFEIT';
}
