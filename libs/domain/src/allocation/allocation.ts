/** What lies between two running totals of an allocation. */
export interface RunningTotal {
  /** Outstanding of all lines so far, fen. */
  outstandingFen: bigint;
  /** Paid out to all lines so far, fen. */
  payoutFen: bigint;
}

/** The payout of all lines up to a running outstanding O_i: ⌊P·O_i/O⌋, in fen. */
export function payoutUpTo(paymentFen: bigint, runningFen: bigint, totalFen: bigint): bigint {
  return (paymentFen * runningFen) / totalFen;
}

/**
 * Shares a payment over outstanding amounts by running totals: payout_i = ⌊P·O_i/O⌋ − ⌊P·O_{i−1}/O⌋ (T14–T16).
 * The payouts sum to the payment to the cent, none exceeds its outstanding, and each can be computed from two totals alone.
 *
 * @throws RangeError when an outstanding is negative, the total is 0, or the payment is negative or above the total
 */
export function allocate(paymentFen: bigint, outstandingFen: readonly bigint[]): bigint[] {
  const totalFen = outstandingFen.reduce((sum, amount) => sum + amount, 0n);
  if (outstandingFen.some((amount) => amount < 0n)) throw new RangeError('allocate: a negative outstanding');
  if (totalFen === 0n || paymentFen < 0n || paymentFen > totalFen) {
    throw new RangeError('allocate: expected a payment between 0 and the outstanding total');
  }
  let running = 0n;
  return outstandingFen.map((amount) => {
    const before = payoutUpTo(paymentFen, running, totalFen);
    running += amount;
    return payoutUpTo(paymentFen, running, totalFen) - before;
  });
}
