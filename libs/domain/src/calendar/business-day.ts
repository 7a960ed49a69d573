import { addDays, isWeekend, type IsoDate } from './date';

/** The published days of one year that break the weekly rhythm. */
export interface CalendarYear {
  /** Days off, weekends inside a holiday included or not. */
  holidays: readonly IsoDate[];
  /** Saturdays and Sundays that are worked. */
  workdays: readonly IsoDate[];
}

/** Working days by year, as the State Council publishes them; part of the rule pack, so that all peers agree. */
export interface BusinessCalendar {
  years: Readonly<Record<string, CalendarYear>>;
}

/** A day found by a calendar; `provisional` when it rests on a year not yet published, and may move once it is. */
export interface BusinessDay {
  date: IsoDate;
  provisional: boolean;
}

/** Says whether the calendar knows the year of this date. */
export function isPublished(calendar: BusinessCalendar, date: IsoDate): boolean {
  return Object.hasOwn(calendar.years, date.slice(0, 4));
}

/** Says whether banks work on this date; in a year not yet published, Monday to Friday do. */
export function isBusinessDay(calendar: BusinessCalendar, date: IsoDate): boolean {
  const year = isPublished(calendar, date) ? calendar.years[date.slice(0, 4)] : undefined;
  if (year?.workdays.includes(date)) return true;
  return !isWeekend(date) && !year?.holidays.includes(date);
}

/**
 * The date itself when it is a business day, else the next one (T07).
 * A date in a year not yet published stays where it is and is provisional: it rolls once the year is published.
 */
export function rollForward(calendar: BusinessCalendar, date: IsoDate): BusinessDay {
  let day = date;
  while (isPublished(calendar, day) && !isBusinessDay(calendar, day)) day = addDays(day, 1);
  return { date: day, provisional: !isPublished(calendar, day) };
}

/**
 * The business day `count` business days after the date, or before it when negative; 0 gives the date itself.
 * The date itself is not counted, whether or not it is a business day. Provisional when a year on the way is not published.
 */
export function addBusinessDays(calendar: BusinessCalendar, date: IsoDate, count: number): BusinessDay {
  const step = count < 0 ? -1 : 1;
  let day = date;
  let provisional = !isPublished(calendar, day);
  for (let left = Math.abs(count); left > 0;) {
    day = addDays(day, step);
    provisional ||= !isPublished(calendar, day);
    if (isBusinessDay(calendar, day)) left -= 1;
  }
  return { date: day, provisional };
}
