import {
  financingLockHolds,
  type CertificateView,
  type FinancingView,
  type HoldingView,
  type Lock,
  type OfferView,
} from '@tallystick/domain';
import type {
  CertificateOpening,
  CertificateRecord,
  HoldingOpening,
  HoldingRecord,
  OrderOf,
  RecordOf,
  TransferOpening,
} from '@tallystick/protocol';

/** Records and openings as the trade's rules want to see them. */

export function certificateView({ public: promise, status, paidInFull, settling }: CertificateRecord): CertificateView {
  return { status, dueDate: promise.dueDate, acceptBy: promise.acceptBy, paidInFull, settling: settling !== null };
}

/** @param lock the lock that holds now, see {@link liveLock} */
export function holdingView(record: HoldingRecord, opening: HoldingOpening, lock: Lock | null): HoldingView {
  return {
    status: record.status,
    owner: opening.owner,
    depth: record.depth,
    lo: BigInt(opening.lo),
    hi: BigInt(opening.hi),
    paidFen: BigInt(opening.paid?.fen ?? '0'),
    lock,
  };
}

/** The lock that holds on a holding now, or null: one whose order ended or lapsed counts as gone, though nobody tidied it. */
export function liveLock(
  { lock }: HoldingRecord,
  now: string,
  order: RecordOf<'Order'> | undefined,
  agreement: RecordOf<'Agreement'> | undefined,
): Lock | null {
  if (lock === null) return null;
  if (lock.until !== null) return now < lock.until ? lock : null;
  if (order?.kind !== 'financing') return lock;
  return financingLockHolds(order, agreement ?? null, now) ? lock : null;
}

export function offerView({ state, until }: OrderOf<'transfer'>, { sender, receiver }: TransferOpening): OfferView {
  return { state, until, sender, receiver };
}

/** @param bank the chosen one, as far as the reader knows it */
export function financingView(order: OrderOf<'financing'>, owner: string, bank: string | null): FinancingView {
  const { state, openUntil, decideBy } = order;
  return { state, openUntil, decideBy, owner, bank };
}

export const faceFen = ({ terms }: CertificateOpening): bigint => BigInt(terms.faceFen);
export const sizeOf = ({ lo, hi }: HoldingOpening): bigint => BigInt(hi) - BigInt(lo);
