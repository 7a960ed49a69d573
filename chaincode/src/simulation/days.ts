import type { BusinessCalendar } from '@tallystick/domain';

/*
 * The model's own reckoning of days, on the platform's Date, so that a fault of the domain's calendar does not hide itself.
 */
const DAY = 86_400_000;
const EAST = 8 * 3_600_000;

const iso = (ms: number): string => new Date(ms).toISOString();

/** The date `count` days later. */
export const plusDays = (date: string, count: number): string => iso(Date.parse(date) + count * DAY).slice(0, 10);
/** The instant of an hour (+08:00) of a date. */
export const hourOf = (date: string, hour: number): string => iso(Date.parse(date) + hour * 3_600_000 - EAST);
/** Midnight after a date. */
export const midnightAfter = (date: string): string => hourOf(plusDays(date, 1), 0);
/** Days from one date to another. */
export const daysFrom = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY;
export const sooner = (a: string, b: string): string => (a < b ? a : b);

/** Business days by a calendar whose years are all published. */
export class Days {
  constructor(private readonly calendar: BusinessCalendar) {}

  isWorked(date: string): boolean {
    const year = this.calendar.years[date.slice(0, 4)];
    if (year?.workdays.includes(date)) return true;
    const weekday = new Date(date).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !year?.holidays.includes(date);
  }

  /** The date itself when it is worked, else the next that is. */
  rolled(date: string): string {
    return this.isWorked(date) ? date : this.rolled(plusDays(date, 1));
  }

  /** `count` worked days on, or back. */
  shifted(date: string, count: number): string {
    if (count === 0) return date;
    const next = plusDays(date, Math.sign(count));
    return this.shifted(next, this.isWorked(next) ? count - Math.sign(count) : count);
  }

  /** From here nothing moves until the cut-off of the due day. */
  blackout(due: string): string {
    return hourOf(this.shifted(this.rolled(due), -2), 0);
  }

  cutOff(due: string): string {
    return hourOf(this.rolled(due), 17);
  }
}
