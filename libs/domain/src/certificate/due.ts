import { addBusinessDays, addDays, instantAt, rollForward, type Instant, type IsoDate } from '../calendar';
import type { RulePack } from '../rule-pack';

/** The due date rolled to a business day; the nominal one while its year is not published (T07). */
export function rolledDueDate(dueDate: IsoDate, rules: RulePack): IsoDate {
  return rollForward(rules.calendar, dueDate).date;
}

/** The day to which a discount counts: the rolled due date, or the nominal one when rolled days bear no interest. */
export function interestEndDate(dueDate: IsoDate, rules: RulePack): IsoDate {
  return rules.countRolledDays ? rolledDueDate(dueDate, rules) : dueDate;
}

/** The date some business days before the rolled due date. */
export function businessDaysBeforeDue(dueDate: IsoDate, count: number, rules: RulePack): IsoDate {
  return addBusinessDays(rules.calendar, rolledDueDate(dueDate, rules), -count).date;
}

/** The moment from which nothing on the certificate is transferred or financed, until the cut-off of the due day. */
export function blackoutFrom(dueDate: IsoDate, rules: RulePack): Instant {
  return instantAt(businessDaysBeforeDue(dueDate, rules.blackoutBusinessDays, rules), '00:00');
}

/** Whether the cut-off of the rolled due day, after the days of grace, has come. */
export function isPastCutOff(dueDate: IsoDate, now: Instant, rules: RulePack): boolean {
  return now >= instantAt(addDays(rolledDueDate(dueDate, rules), rules.graceDays), rules.cutOff);
}

/** Whether a holder may declare default: `defaultDays` after the rolled due date. */
export function isPastDefaultDay(dueDate: IsoDate, now: Instant, rules: RulePack): boolean {
  return now >= instantAt(addDays(rolledDueDate(dueDate, rules), rules.defaultDays), '00:00');
}

/** Whether the certificate stands in its blackout; after the cut-off an overdue holding may move again, whole. */
export function isInBlackout(dueDate: IsoDate, now: Instant, rules: RulePack): boolean {
  return now >= blackoutFrom(dueDate, rules) && !isPastCutOff(dueDate, now, rules);
}
