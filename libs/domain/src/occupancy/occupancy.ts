import { sumFen } from '../money';
import { accept, refuse, type Outcome } from '../refusal';

/** One certificate's use of an invoice; `dead` when that certificate came to nothing. */
export interface UseView {
  amountFen: bigint;
  dead: boolean;
}

/** An invoice as the ledger knows it: its total with tax, and who uses how much of it. */
export interface OccupancyView<Use extends UseView> {
  grossFen: bigint;
  uses: readonly Use[];
}

/** A new use of an invoice. */
export interface UseRequest {
  grossFen: bigint;
  amountFen: bigint;
}

/**
 * Whether a certificate may use so much of an invoice (T25, I6). Dead uses are dropped; paid ones stay, an invoice is financed once.
 * Refuses with AMOUNT_TOO_SMALL, INVOICE_MISMATCH (another total than before), INVOICE_OCCUPIED (nothing left), INVOICE_OVERCLAIMED.
 *
 * @returns the uses that stay, without the new one
 */
export function decideOccupy<Use extends UseView>(
  occupancy: OccupancyView<Use> | null,
  { grossFen, amountFen }: UseRequest,
): Outcome<Use[]> {
  if (amountFen <= 0n) return refuse('AMOUNT_TOO_SMALL', {}, { field: 'amountFen' });
  if (occupancy && occupancy.grossFen !== grossFen) return refuse('INVOICE_MISMATCH', { grossFen: occupancy.grossFen });
  const living = (occupancy?.uses ?? []).filter(({ dead }) => !dead);
  const availableFen = grossFen - sumFen(living.map((use) => use.amountFen));
  if (availableFen <= 0n) return refuse('INVOICE_OCCUPIED');
  if (amountFen > availableFen) return refuse('INVOICE_OVERCLAIMED', { claimFen: amountFen, availableFen });
  return accept(living);
}
