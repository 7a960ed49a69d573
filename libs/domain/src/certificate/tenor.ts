import {
  addDays,
  addMonthsClamped,
  daysBetween,
  isBusinessDay,
  isPublished,
  rollForward,
  type IsoDate,
} from '../calendar';
import { accept, refuse, type Outcome } from '../refusal';
import type { RulePack } from '../rule-pack';

/** What the tenor rules look at. */
export interface TenorRequest {
  issuedOn: IsoDate;
  dueDate: IsoDate;
  /** Why the trade needs more than the ordinary tenor; null when not given. */
  longTenorReason: string | null;
  /** Whether the line's bank signed as risk. */
  riskSigned: boolean;
}

/**
 * Whether the due date is allowed (T22). Refuses with DUE_DATE_PAST (before the day after issue), TENOR_EXCEEDED, TENOR_NEEDS_REVIEW and
 * DUE_DATE_NOT_BUSINESS_DAY (names the next one; a year not yet published is let through and rolls once it is).
 */
export function decideTenor(request: TenorRequest, rules: RulePack): Outcome<true> {
  const { issuedOn, dueDate } = request;
  const field = { field: 'dueDate' };
  const earliest = addDays(issuedOn, 1);
  if (dueDate < earliest) return refuse('DUE_DATE_PAST', { dueDate, earliest }, field);
  const latestWithoutReview = addMonthsClamped(issuedOn, rules.maxTenorMonths);
  const longAllowed = rules.legacyTenorUntil === null || issuedOn <= rules.legacyTenorUntil;
  const latest = longAllowed ? addMonthsClamped(issuedOn, rules.legacyMaxTenorMonths) : latestWithoutReview;
  if (dueDate > latest) return refuse('TENOR_EXCEEDED', { dueDate, latest }, field);
  const reviewed = request.riskSigned && (request.longTenorReason ?? '').trim() !== '';
  if (dueDate > latestWithoutReview && !reviewed)
    return refuse('TENOR_NEEDS_REVIEW', { dueDate, latestWithoutReview }, field);
  if (isPublished(rules.calendar, dueDate) && !isBusinessDay(rules.calendar, dueDate)) {
    const nextBusinessDay = rollForward(rules.calendar, dueDate).date;
    return refuse('DUE_DATE_NOT_BUSINESS_DAY', { dueDate, nextBusinessDay }, field);
  }
  return accept(true);
}

/** A due date later than the law's payment term after delivery: stored and shown, not refused. */
export interface ComplianceWarning {
  code: 'PAYMENT_TERM_LONG';
  deliveredOn: IsoDate;
  /** The last due date within the term. */
  lastDay: IsoDate;
  rule: string;
}

/** The warning about a payment term above 60 days from delivery, or null (T23; decree 802 art 9). */
export function paymentTermWarning(deliveredOn: IsoDate, dueDate: IsoDate, rules: RulePack): ComplianceWarning | null {
  if (daysBetween(deliveredOn, dueDate) <= rules.paymentTermDays) return null;
  const lastDay = addDays(deliveredOn, rules.paymentTermDays);
  return { code: 'PAYMENT_TERM_LONG', deliveredOn, lastDay, rule: '国务院令第802号 art 9' };
}
