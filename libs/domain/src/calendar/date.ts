/** A day of the civil calendar, `YYYY-MM-DD`. Strings of this form sort in the order of time. */
export type IsoDate = string;
/** A moment in UTC, `YYYY-MM-DDTHH:mm:ss.sssZ`. Strings of this form sort in the order of time. */
export type Instant = string;

const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const INSTANT = /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z$/;
const CUT_OFF = /^([01][0-9]|2[0-3]):([0-5][0-9])$/;
const BUSINESS_OFFSET_HOURS = 8;

interface CivilDay {
  year: number;
  month: number;
  day: number;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days in a month, 1 = January. */
function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The parts of a date. @throws RangeError when it is not a day of the calendar, such as 2026-02-30 */
export function dateParts(date: IsoDate): CivilDay {
  const match = DATE.exec(date);
  const [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
  const valid = match && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  if (!valid) throw new RangeError(`date: expected YYYY-MM-DD, got ${date.slice(0, 32)}`);
  return { year, month, day };
}

function toIso({ year, month, day }: CivilDay): IsoDate {
  const text = (value: number, width: number) => value.toString().padStart(width, '0');
  return `${text(year, 4)}-${text(month, 2)}-${text(day, 2)}`;
}

/** Says whether the text is a day of the calendar in the form `YYYY-MM-DD`. */
export function isIsoDate(text: string): boolean {
  try {
    dateParts(text);
    return true;
  } catch {
    return false;
  }
}

/** Says whether the text is a moment in the form `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export function isInstant(text: string): boolean {
  const match = INSTANT.exec(text);
  return match !== null && isIsoDate(match[1] ?? '');
}

/** Days since 0000-03-01; years are counted from March, so that a leap day ends its year. */
function dayNumber(date: IsoDate): number {
  const { year, month, day } = dateParts(date);
  const marchYear = month > 2 ? year : year - 1;
  const monthFromMarch = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + Math.floor((monthFromMarch * 153 + 2) / 5) + day - 1;
}

function dateOfNumber(number: number): IsoDate {
  const era = Math.floor(number / 146_097);
  const dayOfEra = number - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  return toIso({ year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day });
}

/** The date some days later, or earlier when negative. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return dateOfNumber(dayNumber(date) + days);
}

/** Days from one date to another: the first is counted, the last is not (算头不算尾); negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** The same day some months later, clamped to the month's end: 2025-08-31 + 6 = 2026-02-28 (T22). */
export function addMonthsClamped(date: IsoDate, months: number): IsoDate {
  const { year, month, day } = dateParts(date);
  const index = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
  return toIso({ year: toYear, month: toMonth, day: Math.min(day, daysInMonth(toYear, toMonth)) });
}

/** Saturday or Sunday. */
export function isWeekend(date: IsoDate): boolean {
  // Day 0 (0000-03-01) was a Wednesday, so days 3 and 4 of each week are Saturday and Sunday.
  const weekday = dayNumber(date) % 7;
  return weekday === 3 || weekday === 4;
}

/** The earlier (for strings of one form) of two dates or two instants. */
export function earlierOf(a: string, b: string): string {
  return a < b ? a : b;
}

/** The later (for strings of one form) of two dates or two instants. */
export function laterOf(a: string, b: string): string {
  return a > b ? a : b;
}

/** The date in business time (+08:00) at a moment. @throws RangeError when it is not an instant */
export function businessDateOf(instant: Instant): IsoDate {
  if (!isInstant(instant))
    throw new RangeError(`instant: expected YYYY-MM-DDTHH:mm:ss.sssZ, got ${instant.slice(0, 32)}`);
  const nextDay = Number(instant.slice(11, 13)) + BUSINESS_OFFSET_HOURS >= 24;
  return addDays(instant.slice(0, 10), nextDay ? 1 : 0);
}

/** The moment at which a business time of day, e.g. "17:00" at +08:00, comes on a date. @throws RangeError on a bad time */
export function instantAt(date: IsoDate, time: string): Instant {
  const match = CUT_OFF.exec(time);
  if (!match) throw new RangeError('time: expected HH:mm');
  const hour = Number(match[1]) - BUSINESS_OFFSET_HOURS;
  const day = addDays(date, hour < 0 ? -1 : 0);
  return `${day}T${((hour + 24) % 24).toString().padStart(2, '0')}:${match[2]}:00.000Z`;
}

/** The moment a business date is over: midnight (+08:00) after it. Deadlines are such moments: over when `now` reaches them. */
export function endOfDay(date: IsoDate): Instant {
  return instantAt(addDays(date, 1), '00:00');
}
