import { payoutUpTo } from '../allocation';
import { holdingOutstandingFen, type UnitRange } from '../holding';
import { step } from '../lifecycle';
import { accept, refuse, type Outcome } from '../refusal';
import type { RulePack } from '../rule-pack';
import {
  payoutLifecycle,
  settlementLifecycle,
  type PayoutAction,
  type PayoutState,
  type SettlementState,
} from './lifecycle';

/** A funded settlement, in clear values. */
export interface FundedView {
  state: SettlementState;
  principalFen: bigint;
  interestFen: bigint;
  /** Payable before the payment: all pages together run over exactly this. */
  outstandingFen: bigint;
}

/** Where the pages so far have come to; {@link firstPage} before the first. */
export interface PageProgress {
  nextPage: number;
  runningFen: bigint;
  /** The position where the next page begins: the last holding's high cut. */
  cutTo: bigint;
}

/** Before any page, of a certificate that begins at this position. */
export const firstPage = (lo: bigint): PageProgress => ({ nextPage: 0, runningFen: 0n, cutTo: lo });

/** A holding on a page: live, or redeemed before; what is owed on it may be nothing. */
export type PageHolding = UnitRange & { paidFen: bigint };

/** One holding's share. */
export interface PayoutLine {
  payoutFen: bigint;
  interestFen: bigint;
  /** The holding's `paid` after it. */
  paidFen: bigint;
  /** Paid in full: the holding is redeemed once credited. */
  redeemed: boolean;
}

/** A computed page. */
export interface AllocatedPage {
  state: SettlementState;
  lines: PayoutLine[];
  progress: PageProgress;
  last: boolean;
}

/** Holdings one beside the other from `cutTo` on: no gap, so that none can be forgotten, and none twice. */
function areNeighbours(holdings: readonly PageHolding[], cutTo: bigint): boolean {
  let reached = cutTo;
  return holdings.every((holding) => {
    const fits = holding.lo === reached && holding.hi > holding.lo && holdingOutstandingFen(holding) >= 0n;
    reached = holding.hi;
    return fits;
  });
}

/**
 * Allocates one page of holdings by running totals (T14–T16). Pages tile the certificate from its start, so a page that leaves a holding out is
 * refused at once; the page is the last when the totals reach the whole outstanding. Refuses with SETTLEMENT_STATE, PAGE_OUT_OF_ORDER,
 * ALLOCATION_MISMATCH.
 */
export function decideAllocatePage(
  settlement: FundedView,
  progress: PageProgress,
  page: { number: number; holdings: readonly PageHolding[] },
  rules: RulePack,
): Outcome<AllocatedPage> {
  const { principalFen, interestFen, outstandingFen } = settlement;
  const { holdings } = page;
  const allocated = step(settlementLifecycle, settlement.state, 'allocateLast');
  if (!allocated.ok) return allocated;
  if (page.number !== progress.nextPage) return refuse('PAGE_OUT_OF_ORDER', { expected: progress.nextPage });
  const count = holdings.length;
  if (count === 0 || count > rules.maxAllocationPage || !areNeighbours(holdings, progress.cutTo)) {
    return refuse('ALLOCATION_MISMATCH', {}, { field: 'holdings' });
  }
  let running = progress.runningFen;
  const lines: PayoutLine[] = [];
  for (const holding of holdings) {
    const before = running;
    running += holdingOutstandingFen(holding);
    if (running > outstandingFen) return refuse('ALLOCATION_MISMATCH', { outstandingFen }, { field: 'holdings' });
    const share = (fen: bigint) => payoutUpTo(fen, running, outstandingFen) - payoutUpTo(fen, before, outstandingFen);
    const payoutFen = share(principalFen);
    const paidFen = holding.paidFen + payoutFen;
    lines.push({ payoutFen, interestFen: share(interestFen), paidFen, redeemed: paidFen === holding.hi - holding.lo });
  }
  const last = running === outstandingFen;
  const cutTo = holdings.at(-1)?.hi ?? progress.cutTo;
  return accept({
    state: last ? allocated.value : settlement.state,
    lines,
    progress: { nextPage: progress.nextPage + 1, runningFen: running, cutTo },
    last,
  });
}

/** The state of a payout after the bank's answer. Refuses with LINE_STATE. */
export function decidePayout(state: PayoutState, action: PayoutAction): Outcome<PayoutState> {
  return step(payoutLifecycle, state, action);
}
