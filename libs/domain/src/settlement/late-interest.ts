import { daysBetween, laterOf, type IsoDate } from '../calendar';
import { rolledDueDate } from '../certificate';
import { dailyInterest } from '../rate';
import type { RulePack } from '../rule-pack';

/** How far late interest has been counted: each payment sets a checkpoint, so what was owed before it never changes (T19). */
export interface LateCheckpoint {
  /** Counted up to this date; null before the first late payment, when counting starts at the rolled due date. */
  lateFrom: IsoDate | null;
  /** Late interest of earlier days not yet paid, fen. */
  carriedFen: bigint;
}

/** What late interest is counted on. */
export interface LateTerms {
  dueDate: IsoDate;
  /** Agreed at issue, parts per million a day. */
  latePpmPerDay: number;
}

/** The first day not yet counted: from the rolled due date, never from the moment somebody noticed. */
export function lateInterestFrom(terms: LateTerms, checkpoint: LateCheckpoint, rules: RulePack): IsoDate {
  return checkpoint.lateFrom ?? rolledDueDate(terms.dueDate, rules);
}

/** Late interest owed on a date, fen: whole days, each stretch between payments rounded half-up once (T18, T19). */
export function lateInterestFen(
  terms: LateTerms,
  checkpoint: LateCheckpoint,
  outstandingFen: bigint,
  on: IsoDate,
  rules: RulePack,
): bigint {
  const from = lateInterestFrom(terms, checkpoint, rules);
  const days = daysBetween(from, laterOf(from, on));
  return checkpoint.carriedFen + dailyInterest(outstandingFen, BigInt(terms.latePpmPerDay), days);
}
