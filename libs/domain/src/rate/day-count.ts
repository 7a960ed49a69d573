import { dateParts, daysBetween, type IsoDate } from '../calendar';

/** How days are counted and what a year is; ISO 20022 codes A004, A005 and A001. */
export const DAY_COUNTS = ['ACT_360', 'ACT_365', '30_360'] as const;
export type DayCount = (typeof DAY_COUNTS)[number];

/** Days of a year by this count: 360 or 365. */
export function yearDays(dayCount: DayCount): bigint {
  return dayCount === 'ACT_365' ? 365n : 360n;
}

/**
 * Interest days from a date to another: the first counts, the last does not.
 * For 30/360 (bond basis) a 31st counts as a 30th, the last one only when the first is one too.
 *
 * @throws RangeError when `to` is before `from`
 */
export function interestDays(from: IsoDate, to: IsoDate, dayCount: DayCount): number {
  if (to < from) throw new RangeError('interestDays: the last day is before the first');
  if (dayCount !== '30_360') return daysBetween(from, to);
  const [start, end] = [dateParts(from), dateParts(to)];
  const startDay = Math.min(start.day, 30);
  const endDay = startDay === 30 ? Math.min(end.day, 30) : end.day;
  return (end.year - start.year) * 360 + (end.month - start.month) * 30 + endDay - startDay;
}
