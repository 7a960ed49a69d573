/**
 * Divides and rounds to the nearest integer, ties away from zero upwards (half-up).
 *
 * @throws RangeError when the numerator is negative or the denominator is not positive
 */
export function roundHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (numerator < 0n || denominator <= 0n) throw new RangeError('roundHalfUp: expected numerator ≥ 0, denominator > 0');
  return (2n * numerator + denominator) / (2n * denominator);
}
