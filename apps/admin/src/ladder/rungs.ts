import { addDays, isWeekend, sumFen } from '@tallystick/domain';
import type { LadderWeek } from '../api/types';
import { fenOf } from '../money/money';

/** What falls due in a week; `week` is its Monday. */
export type Week = Pick<LadderWeek, 'week' | 'amount' | 'count'>;

/** One bar of the ladder. */
export interface Rung {
  /** Monday of the week. */
  week: string;
  fen: bigint;
  count: number;
  /** Height in percent of the highest; only for drawing. */
  height: number;
  /** Its week is over: what stands here is overdue. */
  past: boolean;
}

/** Most weeks drawn; later ones are gathered in the last. */
const MOST = 27;

/**
 * Bars for every week from the first to the last given, with empty ones between, so that time runs evenly.
 * @param today business date; a week is over once its Sunday is
 */
export function rungsOf(weeks: readonly Week[], today: string): Rung[] {
  const sorted = [...weeks].sort((one, other) => (one.week < other.week ? -1 : 1));
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return [];
  const byWeek = new Map(sorted.map((week) => [week.week, week]));
  const all: { week: string; fen: bigint; count: number }[] = [];
  for (let week = first.week; week <= last.week; week = addDays(week, 7)) {
    const found = byWeek.get(week);
    all.push({ week, fen: found === undefined ? 0n : fenOf(found.amount), count: found?.count ?? 0 });
  }
  const drawn = all.slice(0, MOST);
  const late = all.slice(MOST - 1);
  const [start, second] = late;
  if (start !== undefined && second !== undefined) {
    drawn[MOST - 1] = {
      week: start.week,
      fen: sumFen(late.map(({ fen }) => fen)),
      count: late.reduce((sum, { count }) => sum + count, 0),
    };
  }
  const highest = drawn.reduce((most, { fen }) => (fen > most ? fen : most), 1n);
  return drawn.map((rung) => ({
    ...rung,
    height: Number((rung.fen * 1000n) / highest) / 10,
    past: addDays(rung.week, 6) < today,
  }));
}

/** Monday of a date's week. */
export function mondayOf(date: string): string {
  let day = date;
  // Back to a weekday, then to the first weekday after a weekend.
  while (isWeekend(day)) day = addDays(day, -1);
  while (!isWeekend(addDays(day, -1))) day = addDays(day, -1);
  return day;
}
