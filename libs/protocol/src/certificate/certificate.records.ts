import { z } from 'zod';
import {
  Currency,
  FenString,
  Hash,
  Instant,
  IsoDate,
  KeyId,
  MemberId,
  MspId,
  Ppm,
  Salt,
  SignatureHex,
  Text,
} from '../wire/scalars';

/** An amount with the salt of its commitment. */
export const OpenedAmount = z.strictObject({ fen: FenString, salt: Salt });
export type OpenedAmount = z.infer<typeof OpenedAmount>;

/** The public promise: what the issuer's own undertaking signatures cover (`undertakingBytes`). Never changes after issue. */
export const CertificatePublic = z.strictObject({
  id: Hash,
  issuer: MemberId,
  issuerOrg: MspId,
  /** The first creditor's host, fixed for the certificate's own key policy. */
  host: MspId,
  witness: MspId,
  standIn: MspId,
  line: Hash,
  currency: Currency,
  issuedOn: IsoDate,
  dueDate: IsoDate,
  acceptBy: Instant,
  rulePack: z.string().max(64),
  lo: Hash,
  hi: Hash,
  terms: Hash,
});
export type CertificatePublic = z.infer<typeof CertificatePublic>;

export const UndertakingSignature = z.strictObject({
  role: z.enum(['maker', 'checker', 'risk']),
  keyId: KeyId,
  sig: SignatureHex,
});
export type UndertakingSignature = z.infer<typeof UndertakingSignature>;

/** `Certificate/<id>`. Amount commitments (`commitAmount`, recordId = certificate id): labels `paid`, `released`, `carried`; null means zero. */
export const CertificateRecord = z.strictObject({
  schema: z.literal(1),
  public: CertificatePublic,
  undertakings: z.array(UndertakingSignature).min(1).max(3),
  status: z.enum(['offered', 'active', 'declined', 'withdrawn', 'settled']),
  paid: Hash.nullable(),
  released: Hash.nullable(),
  /** A receipt in full came: a slow allocation makes no issuer overdue. */
  paidInFull: z.boolean(),
  /** Late interest: counted from this date, plus what was carried over from an earlier payment. */
  lateFrom: IsoDate.nullable(),
  carried: Hash.nullable(),
  /** Settlement order between funds received and the last allocation page: nothing on the certificate moves meanwhile. */
  settling: Hash.nullable(),
});
export type CertificateRecord = z.infer<typeof CertificateRecord>;

export const InvoiceUse = z.strictObject({
  fingerprint: Hash,
  number: z.string().min(1).max(60),
  date: IsoDate,
  sellerUscc: z.string().length(18),
  grossFen: FenString,
  amountFen: FenString,
  deliveredOn: IsoDate,
});
export type InvoiceUse = z.infer<typeof InvoiceUse>;

/** Private terms; `CertificatePublic.terms = hashTerms(termsSalt, terms)`. `originFen` is the interval's random start s (48 bits). */
export const CertificateTerms = z.strictObject({
  faceFen: FenString,
  originFen: FenString,
  firstCreditor: MemberId,
  latePpmPerDay: Ppm,
  invoices: z.array(InvoiceUse).min(1).max(20),
  contractNo: z.string().max(60),
  note: Text,
  /** Written reason for a tenor above six months (77号 art 11), else null. */
  longTenorReason: Text.nullable(),
});
export type CertificateTerms = z.infer<typeof CertificateTerms>;

export const CertificateOpening = z.strictObject({
  certificate: Hash,
  terms: CertificateTerms,
  termsSalt: Salt,
  loSalt: Salt,
  hiSalt: Salt,
  paid: OpenedAmount.nullable(),
  released: OpenedAmount.nullable(),
  carried: OpenedAmount.nullable(),
});
export type CertificateOpening = z.infer<typeof CertificateOpening>;

/** `Occupancy/<fingerprint>`: which certificates use an invoice; commitments with recordId = fingerprint, labels `gross` and `use:<certificate>`. */
export const OccupancyRecord = z.strictObject({
  schema: z.literal(1),
  fingerprint: Hash,
  gross: Hash,
  uses: z.array(z.strictObject({ certificate: Hash, amount: Hash })).max(50),
});
export type OccupancyRecord = z.infer<typeof OccupancyRecord>;

export const OccupancyOpening = z.strictObject({
  fingerprint: Hash,
  gross: OpenedAmount,
  uses: z.array(z.strictObject({ certificate: Hash, amount: OpenedAmount })).max(50),
});
export type OccupancyOpening = z.infer<typeof OccupancyOpening>;

/** `Standing/<issuer>`: certificates reported overdue; those paid in full since no longer count. */
export const StandingRecord = z.strictObject({
  schema: z.literal(1),
  issuer: MemberId,
  overdue: z.array(Hash).max(200),
});
export type StandingRecord = z.infer<typeof StandingRecord>;
