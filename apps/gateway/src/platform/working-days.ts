import chineseDays from 'chinese-days';
import type { BusinessCalendar } from '@tallystick/domain';

const DAY_MS = 86_400_000;

/**
 * Chinese working days as the State Council publishes them year by year, for a rule pack. Years without any published
 * holiday are left out: a due date in them rolls once they are published (`domain.md` §2.2).
 */
export function publishedCalendar(years: readonly number[]): BusinessCalendar {
  const published = years.map((year) => [String(year), daysOf(year)] as const);
  return { years: Object.fromEntries(published.filter(([, { holidays }]) => holidays.length > 0)) };
}

function daysOf(year: number): { holidays: string[]; workdays: string[] } {
  const holidays: string[] = [];
  const workdays: string[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += DAY_MS) {
    const day = new Date(at);
    const date = day.toISOString().slice(0, 10);
    const weekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
    const works = chineseDays.isWorkday(date);
    if (!weekend && !works) holidays.push(date);
    if (weekend && works) workdays.push(date);
  }
  return { holidays, workdays };
}
