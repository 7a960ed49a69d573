import { yearDays, type DayCount } from './day-count';
import { roundHalfUp } from './rounding';

/** One million: rates are integers in parts per million, 4.35 % a year = 43500. */
export const PPM = 1_000_000n;

/**
 * Simple interest in fen, rounded half-up once at the end (T01–T05).
 *
 * @param ppm rate a year in parts per million
 */
export function interest(principalFen: bigint, ppm: bigint, days: number, dayCount: DayCount): bigint {
  return roundHalfUp(principalFen * ppm * BigInt(days), PPM * yearDays(dayCount));
}

/** Interest by the day in fen, `ppmPerDay` parts per million a day; how late interest is agreed (T18). */
export function dailyInterest(principalFen: bigint, ppmPerDay: bigint, days: number): bigint {
  return roundHalfUp(principalFen * ppmPerDay * BigInt(days), PPM);
}

/** True discount in fen: what the amount exceeds its present value by, the present value rounded half-up (T06). */
export function trueDiscount(amountFen: bigint, ppm: bigint, days: number, dayCount: DayCount): bigint {
  const year = PPM * yearDays(dayCount);
  return amountFen - roundHalfUp(amountFen * year, year + ppm * BigInt(days));
}

/**
 * The simple yearly cost of money in ppm, half-up: all that is paid for it, over what is received, for the days (T06, T10).
 *
 * @throws RangeError when nothing is received or no day passes
 */
export function allInApr(costFen: bigint, netFen: bigint, days: number, dayCount: DayCount): bigint {
  if (netFen <= 0n || days <= 0) throw new RangeError('allInApr: expected money received and at least one day');
  return roundHalfUp(costFen * PPM * yearDays(dayCount), netFen * BigInt(days));
}

/** A fee in fen at a yearly rate, at least `floorFen` (T10). */
export function yearlyFee(amountFen: bigint, ppm: bigint, days: number, dayCount: DayCount, floorFen: bigint): bigint {
  const fee = interest(amountFen, ppm, days, dayCount);
  return fee < floorFen ? floorFen : fee;
}

/**
 * Shares an amount by ratios in ppm: each rounded half-up, the last party takes the remainder (T09).
 *
 * @throws RangeError when there are no ratios or they do not add up to one million
 */
export function shareByRatio(amountFen: bigint, ratiosPpm: readonly bigint[]): bigint[] {
  const total = ratiosPpm.reduce((sum, ratio) => sum + ratio, 0n);
  if (ratiosPpm.some((ratio) => ratio < 0n) || total !== PPM) throw new RangeError('ratios: expected a sum of 1000000');
  let left = amountFen;
  return ratiosPpm.map((ratio, index) => {
    const rounded = roundHalfUp(amountFen * ratio, PPM);
    const share = index === ratiosPpm.length - 1 ? left : rounded < left ? rounded : left;
    left -= share;
    return share;
  });
}
