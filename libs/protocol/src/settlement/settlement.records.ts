import { z } from 'zod';
import { FenString, Hash, IsoDate, Salt } from '../wire/scalars';

/**
 * `Order/<id>` of kind `settlement`. Commitments (`commitAmount`, recordId = order id): labels `amount` (what the issuer means to pay),
 * `principal`, `interest` (what the bank received) and `outstanding` (payable before it).
 */
export const SettlementOrder = z.strictObject({
  schema: z.literal(1),
  kind: z.literal('settlement'),
  id: Hash,
  certificate: Hash,
  state: z.enum(['prepared', 'funded', 'allocated', 'closed']),
  amount: Hash,
  principal: Hash.nullable(),
  interest: Hash.nullable(),
  outstanding: Hash.nullable(),
  paidOn: IsoDate.nullable(),
  full: z.boolean(),
  pages: z.int().min(0).max(200),
  creditedPages: z.int().min(0).max(200),
});
export type SettlementOrder = z.infer<typeof SettlementOrder>;

/** One holding's share. `payout`/`interest` = commitAmount(recordId = holding id, labels `payout:<order>` / `interest:<order>`). */
export const PageLine = z.strictObject({
  holding: Hash,
  payout: Hash,
  interest: Hash,
  /** Its whole claim is paid with this: it is redeemed once credited. */
  redeems: z.boolean(),
  state: z.enum(['instructed', 'credited', 'returned']),
  reference: z.string().max(60).nullable(),
});
export type PageLine = z.infer<typeof PageLine>;

/** `Page/<order>/<n>`: at most 100 holdings in position order. Running total of outstanding, shared by neighbouring pages (label `running:<n>`). */
export const PageRecord = z.strictObject({
  schema: z.literal(1),
  order: Hash,
  page: z.int().min(0).max(199),
  runningTo: Hash,
  /** Cut commitment where the next page begins: the last holding's `hi`. */
  cutTo: Hash,
  last: z.boolean(),
  lines: z.array(PageLine).min(1).max(100),
});
export type PageRecord = z.infer<typeof PageRecord>;

export const SettlementOpening = z.strictObject({
  order: Hash,
  amountFen: FenString,
  amountSalt: Salt,
  principalFen: FenString.nullable(),
  principalSalt: Salt.nullable(),
  interestFen: FenString.nullable(),
  interestSalt: Salt.nullable(),
  outstandingFen: FenString.nullable(),
  outstandingSalt: Salt.nullable(),
});
export type SettlementOpening = z.infer<typeof SettlementOpening>;

const LineOpening = z.strictObject({
  holding: Hash,
  payoutFen: FenString,
  payoutSalt: Salt,
  interestFen: FenString,
  interestSalt: Salt,
});

/** One line of a page by itself: what the holder's host may see of it. */
export const PaymentOpening = z.strictObject({ order: Hash, page: z.int(), ...LineOpening.shape });
export type PaymentOpening = z.infer<typeof PaymentOpening>;

export const PageOpening = z.strictObject({
  order: Hash,
  page: z.int(),
  runningFen: FenString,
  runningSalt: Salt,
  cutToFen: FenString,
  cutToSalt: Salt,
  lines: z.array(LineOpening).max(100),
});
export type PageOpening = z.infer<typeof PageOpening>;
