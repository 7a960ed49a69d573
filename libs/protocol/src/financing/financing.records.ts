import { z } from 'zod';
import { FenString, Hash, Instant, IsoDate, MemberId, MspId, Ppm, Salt, Text } from '../wire/scalars';

/** `Order/<id>` of kind `financing`. Quote, net and bank stand here once a quote is accepted; the price itself never. */
export const FinancingOrder = z.strictObject({
  schema: z.literal(1),
  kind: z.literal('financing'),
  id: Hash,
  certificate: Hash,
  holding: Hash,
  ownerHost: MspId,
  application: Hash,
  openUntil: Instant,
  state: z.enum(['open', 'agreed', 'funded', 'ended']),
  quote: Hash.nullable(),
  net: Hash.nullable(),
  bankHost: MspId.nullable(),
  decideBy: Instant.nullable(),
  endedBy: z.enum(['withdrawn', 'rejected', 'failed']).nullable(),
});
export type FinancingOrder = z.infer<typeof FinancingOrder>;

/** What the owner asks; `FinancingOrder.application = hashTerms(applicationSalt, application)`. Known to applicant and invited banks only. */
export const Application = z.strictObject({
  applicant: MemberId,
  amountFen: FenString,
  recourse: z.boolean(),
  interestBearer: z.enum(['supplier', 'core']),
  note: Text,
});
export type Application = z.infer<typeof Application>;

/** `Invitation/<id>`: policy h ∧ bank. `bank` = commitOwner({ holdingId: invitation id, memberId, salt }). */
export const InvitationRecord = z.strictObject({
  schema: z.literal(1),
  id: Hash,
  order: Hash,
  ownerHost: MspId,
  bankHost: MspId,
  bank: Hash,
  state: z.enum(['open', 'refused']),
});
export type InvitationRecord = z.infer<typeof InvitationRecord>;

export const InvitationOpening = z.strictObject({
  invitation: Hash,
  order: Hash,
  bank: MemberId,
  bankSalt: Salt,
  application: Application,
  applicationSalt: Salt,
});
export type InvitationOpening = z.infer<typeof InvitationOpening>;

export const Fee = z.strictObject({
  name: z.string().min(1).max(60),
  payee: z.string().min(1).max(100),
  fen: FenString,
});

/** The whole price. Discount in advance: net = amount − interest borne by the supplier − fees; days from valueDate to the certificate's rolled due date. */
export const QuoteTerms = z.strictObject({
  ratePpm: Ppm,
  basis: z.enum(['ACT_360', 'ACT_365']),
  valueDate: IsoDate,
  endDate: IsoDate,
  days: z.int().min(1).max(400),
  amountFen: FenString,
  interestFen: FenString,
  fees: z.array(Fee).max(5),
  netFen: FenString,
  aprPpm: z.int().min(0),
  recourse: z.boolean(),
  interestBearer: z.enum(['supplier', 'core']),
});
export type QuoteTerms = z.infer<typeof QuoteTerms>;

/** `Quote/<id>`: policy h ∧ bank. `terms = hashTerms(termsSalt, terms)`, `net = commitAmount(quote id, 'net', netFen, netSalt)`. */
export const QuoteRecord = z.strictObject({
  schema: z.literal(1),
  id: Hash,
  order: Hash,
  invitation: Hash,
  bankHost: MspId,
  terms: Hash,
  net: Hash,
  validUntil: Instant,
  state: z.enum(['open', 'withdrawn']),
});
export type QuoteRecord = z.infer<typeof QuoteRecord>;

export const QuoteOpening = z.strictObject({
  quote: Hash,
  order: Hash,
  invitation: Hash,
  bank: MemberId,
  terms: QuoteTerms,
  termsSalt: Salt,
  netSalt: Salt,
});
export type QuoteOpening = z.infer<typeof QuoteOpening>;

/** `Agreement/<order>`: policy h ∧ bank. Signatures strictly in order: owner, then bank (T35). */
export const AgreementRecord = z.strictObject({
  schema: z.literal(1),
  order: Hash,
  quote: Hash,
  net: Hash,
  document: Hash,
  checklist: Hash,
  validUntil: Instant,
  state: z.enum(['approved', 'ownerSigned', 'signed']),
});
export type AgreementRecord = z.infer<typeof AgreementRecord>;

/** What the bank says it checked before approving; all must be true (`financing.md` checklist). */
export const Checklist = z.strictObject({
  documents: z.literal(true),
  occupancy: z.literal(true),
  fingerprint: z.literal(true),
  limits: z.literal(true),
  registrySearch: z.literal(true),
});
export type Checklist = z.infer<typeof Checklist>;
