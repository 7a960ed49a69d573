import { z } from 'zod';
import { isIsoDate, isWeekend, type BusinessCalendar } from '../calendar';
import { DAY_COUNTS } from '../rate';
import { isFen } from '../money';

const isoDate = z.string().refine(isIsoDate, 'expected a date YYYY-MM-DD');
const fen = z.string().max(18).refine(isFen, 'expected fen as a decimal integer');
const days = z.number().int().min(0).max(3660);
const count = z.number().int().min(1).max(1000);
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hex');

const calendarYear = z.strictObject({
  holidays: z.array(isoDate).max(366),
  workdays: z
    .array(isoDate)
    .max(110)
    .refine((dates) => dates.every((date) => !isIsoDate(date) || isWeekend(date)), 'expected Saturdays and Sundays'),
});

/** Working days by year; each year lists days of its own only. */
export const BusinessCalendarSchema = z.strictObject({
  years: z
    .record(z.string().regex(/^[0-9]{4}$/), calendarYear)
    .refine(
      (years) =>
        Object.entries(years).every(([year, { holidays, workdays }]) =>
          [...holidays, ...workdays].every((date) => date.startsWith(`${year}-`)),
        ),
      'expected only days of the year they stand under',
    ),
});

/**
 * The trade's rules with numbers: dated, approved on the ledger, pinned by each certificate at issue, cited by refusals.
 * Plain JSON: amounts are fen as decimal-integer strings; rates ppm; all times of day and days are business time (+08:00).
 */
export const RulePackSchema = z.strictObject({
  id: z.string().min(1).max(64),
  effectiveFrom: isoDate,
  currency: z.literal('CNY'),
  /** Business time of day from which an unpaid due certificate counts as overdue. */
  cutOff: z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/),
  calendar: BusinessCalendarSchema,

  /** Longest tenor without review, months. */
  maxTenorMonths: count,
  /** Longest tenor with a written reason and the line bank's risk signature, months. */
  legacyMaxTenorMonths: count,
  /** Last issue date on which the longer tenor may be used; null while none is set. */
  legacyTenorUntil: isoDate.nullable(),
  faceMinFen: fen,
  faceMaxFen: fen,
  /** Days the first creditor has to accept; never beyond the day before the due date. */
  acceptanceDays: days,
  /** Days from delivery to due date above which a compliance warning is stored (decree 802 art 9). */
  paymentTermDays: days,
  maxIssueBatch: count,

  /** No child or remainder of a cut is below this … */
  smallestHoldingFen: fen,
  /** … nor below face ÷ this number rounded up, so that a certificate never has more holdings than this. */
  maxHoldings: z.number().int().min(1).max(1_000_000),
  /** Changes of owner a holding may have behind it. */
  maxDepth: count,
  maxReceivers: count,
  offerBusinessDays: days,
  /** Business days before the due date from which nothing moves until the cut-off of the due date. */
  blackoutBusinessDays: days,
  correctionBusinessDays: days,

  /** Business days a quote stays open. */
  quoteValidBusinessDays: days,
  /** Business days in which the bank decides after its quote was accepted. */
  decideBusinessDays: days,
  discountDayCount: z.enum(DAY_COUNTS),
  /** Whether the days a due date rolls over bear interest. */
  countRolledDays: z.boolean(),

  graceDays: days,
  /** Days after the rolled due date from which a holder may declare default. */
  defaultDays: days,
  /** Late interest when nothing else is agreed, ppm a day (500 = 0.05 %). */
  lateInterestPpmPerDay: z.number().int().min(0).max(1_000_000),
  paymentOrder: z.tuple([
    z.literal('COSTS'),
    z.literal('LATE_INTEREST'),
    z.literal('FEES'),
    z.literal('INTEREST'),
    z.literal('PRINCIPAL'),
  ]),
  /** Business days before the due date from which the issuer may prepare settlement. */
  prepareBusinessDays: days,
  maxAllocationPage: count,

  disputeStepBusinessDays: days,
  /** No member may set its limit for a single signature above this. */
  soloLimitMaxFen: fen,
  /** Commitment to the consortium's key for invoice fingerprints. */
  fingerprintKeyCommit: hash,
});

/** See {@link RulePackSchema}. */
export type RulePack = z.infer<typeof RulePackSchema>;

/** What differs from one network's first rule pack to another's. */
export interface FirstRulePackOptions {
  id: string;
  effectiveFrom: string;
  fingerprintKeyCommit: string;
  legacyTenorUntil: string | null;
}

/** The first rule pack, with the numbers the trade uses today; the calendar is the published one. */
export function firstRulePack(calendar: BusinessCalendar, options: FirstRulePackOptions): RulePack {
  return RulePackSchema.parse({
    ...options,
    currency: 'CNY',
    cutOff: '17:00',
    calendar,
    maxTenorMonths: 6,
    legacyMaxTenorMonths: 12,
    faceMinFen: '100',
    faceMaxFen: '100000000000',
    acceptanceDays: 10,
    paymentTermDays: 60,
    maxIssueBatch: 50,
    smallestHoldingFen: '100',
    maxHoldings: 10_000,
    maxDepth: 10,
    maxReceivers: 50,
    offerBusinessDays: 3,
    blackoutBusinessDays: 2,
    correctionBusinessDays: 5,
    quoteValidBusinessDays: 3,
    decideBusinessDays: 5,
    discountDayCount: 'ACT_360',
    countRolledDays: true,
    graceDays: 0,
    defaultDays: 30,
    lateInterestPpmPerDay: 500,
    paymentOrder: ['COSTS', 'LATE_INTEREST', 'FEES', 'INTEREST', 'PRINCIPAL'],
    prepareBusinessDays: 3,
    maxAllocationPage: 100,
    disputeStepBusinessDays: 5,
    soloLimitMaxFen: '10000000',
    fingerprintKeyCommit: options.fingerprintKeyCommit,
  });
}

/**
 * The rules a certificate pinned, with the years published since: a calendar is a fact, not a term, so later years reach
 * old certificates, while a year the pinned pack already knew stays as it was agreed.
 */
export function withLaterYears(pinned: RulePack, later: RulePack): RulePack {
  return { ...pinned, calendar: { years: { ...later.calendar.years, ...pinned.calendar.years } } };
}
