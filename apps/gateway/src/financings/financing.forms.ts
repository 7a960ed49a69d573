import { z } from 'zod';
import { DateField, MemberField, NoteField } from '../operations/form-fields';
import { PositiveMoney } from '../operations/money';

/** `POST /holdings/:id/financings`. */
export const ApplyForm = z.strictObject({
  amount: PositiveMoney,
  /** Invited one by one, so that an absent bank blocks nobody. */
  banks: z.array(MemberField).min(1).max(10),
  recourse: z.boolean(),
  interestBearer: z.enum(['supplier', 'core']).default('supplier'),
  note: NoteField,
  /** Last business day on which banks may quote; three business days from now when left out. */
  openUntil: DateField.optional(),
});
export type ApplyForm = z.output<typeof ApplyForm>;

/** `POST /financings/:id/quotes` and its preview. */
export const QuoteForm = z.strictObject({
  /** Percent a year, such as "4.35". */
  rate: z.string().regex(/^(0|[1-9][0-9]?)(\.[0-9]{1,4})?$/u),
  basis: z.enum(['ACT_360', 'ACT_365']).default('ACT_360'),
  fees: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(60),
        payee: z.string().trim().min(1).max(100),
        amount: PositiveMoney,
      }),
    )
    .max(5)
    .default([]),
  /** Day of payment; today when left out. */
  valueDate: DateField.optional(),
  /** Last business day of the quote; as long as the rules allow when left out. */
  validUntil: DateField.optional(),
});
export type QuoteForm = z.output<typeof QuoteForm>;

/** `POST /financings/:id/approval`: what the bank says it has checked. */
export const ApprovalForm = z.strictObject({
  checklist: z.strictObject({
    documents: z.boolean(),
    occupancy: z.boolean(),
    fingerprint: z.boolean(),
    limits: z.boolean(),
    registrySearch: z.boolean(),
  }),
});
export type ApprovalForm = z.output<typeof ApprovalForm>;

/** A rate in percent as parts per million: "4.35" is 43500. */
export function ppmOf(percent: string): number {
  const [whole = '0', fraction = ''] = percent.split('.');
  return Number.parseInt(whole, 10) * 10_000 + Number.parseInt(fraction.padEnd(4, '0'), 10);
}
