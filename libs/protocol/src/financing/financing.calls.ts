import { z } from 'zod';
import { Hash, Instant, IsoDate, MemberId, MspId, Salt, Text } from '../wire/scalars';
import { CertificateOpening } from '../certificate/certificate.records';
import { HoldingOpening, Piece, PieceSecret } from '../holding/holding.records';
import { BehindSchema } from '../instruction/instruction';
import { Application, Checklist, InvitationOpening, QuoteOpening, QuoteTerms } from './financing.records';

/** `financing.apply`: owner MC; cuts and locks now. Ids: order = deriveId(0), piece = deriveId(1), remainder = deriveId(2). Context: `HoldingContext`. */
export const ApplyBody = z.strictObject({
  certificate: Hash,
  holding: Hash,
  order: Hash,
  piece: Piece,
  remainder: Piece.nullable(),
  application: Hash,
  openUntil: Instant,
});
export const ApplySecret = z.strictObject({ piece: PieceSecret, remainder: PieceSecret.nullable() });

/** `financing.invite`: owner MC, one bank a call, endorsed by the owner's host and that bank. `invitation` = deriveId(index 0). Context: `InviteContext` of the locked piece. */
export const InviteBody = z.strictObject({ order: Hash, invitation: Hash, bank: Hash, bankHost: MspId });
export const InviteSecret = z.strictObject({
  bank: MemberId,
  bankSalt: Salt,
  application: Application,
  applicationSalt: Salt,
});

/**
 * `behind`: the instructions that made the piece and issued its certificate, so that a bank which was no reader of either can
 * prove for itself what it is asked to finance (`ledger.md` §3.3).
 */
export const InviteContext = z.strictObject({
  certificate: CertificateOpening,
  holding: HoldingOpening,
  behind: BehindSchema,
});

/** Context of the calls between owner's host and bank. */
export const InvitationContext = z.strictObject({
  certificate: CertificateOpening,
  holding: HoldingOpening,
  invitation: InvitationOpening,
});

/** `financing.quote`: bank MC. `quote` = deriveId(index 0). A better quote is a new one; `financing.withdrawQuote` takes one back. Context: `InvitationContext`. */
export const QuoteBody = z.strictObject({
  order: Hash,
  invitation: Hash,
  quote: Hash,
  terms: Hash,
  net: Hash,
  validUntil: Instant,
});
export const QuoteSecret = z.strictObject({ terms: QuoteTerms, termsSalt: Salt, netSalt: Salt });
export const WithdrawQuoteBody = z.strictObject({ quote: Hash, invitation: Hash });
/** `financing.refuse`: an invited bank will not quote. Context: `InvitationContext`. */
export const RefuseInvitationBody = z.strictObject({ invitation: Hash, reason: Text });

/** `financing.acceptQuote`: owner MC; reads the public quote only, so the price stays with owner and bank. Context: `HoldingContext` of the piece. */
export const AcceptQuoteBody = z.strictObject({ order: Hash, quote: Hash, net: Hash, bankHost: MspId });

/** `financing.approve`: bank maker, risk and checker, before `decideBy`. `document` = hash of the agreement's text. Context: `AgreementContext`. */
export const ApproveBody = z.strictObject({
  order: Hash,
  quote: Hash,
  document: Hash,
  checklist: Hash,
  validUntil: Instant,
});
export const ApproveSecret = z.strictObject({ checklist: Checklist, checklistSalt: Salt });
/** `financing.sign`: owner first, bank second. Context: `AgreementContext`. */
export const SignBody = z.strictObject({ order: Hash, document: Hash, as: z.enum(['owner', 'bank']) });
export const AgreementContext = z.strictObject({
  certificate: CertificateOpening,
  holding: HoldingOpening,
  invitation: InvitationOpening,
  quote: QuoteOpening,
});

/**
 * `financing.disburse`: two instructions in one request: the bank's MC (`fn` disburse) and the receipt (`fn` receipt, contract financing) of
 * another clearing bank's service key, or of the payee MC. The piece moves to the bank: `holding` = deriveId(index 0). Context: `FinancierContext`.
 */
export const DisburseBody = z.strictObject({ order: Hash, piece: Hash, holding: Piece });
export const DisburseSecret = z.strictObject({ ownerSalt: Salt });
export const ReceiptBody = z.strictObject({
  order: Hash,
  net: Hash,
  paidOn: IsoDate,
  reference: z.string().min(1).max(60),
});

/** Context of what the agreed bank does with the piece: the salt of its invitation proves which bank was invited, and nothing else of it. */
export const FinancierContext = z.strictObject({
  certificate: CertificateOpening,
  holding: HoldingOpening,
  bankSalt: Salt,
});

/**
 * `financing.withdraw` (owner, before agreed; context `HoldingContext` of the piece), `financing.reject` (the agreed bank, before signed) and
 * `financing.fail` (owner and bank, two instructions in one request: signed, but the payment came back). Context of both: `FinancierContext`.
 */
export const EndFinancingBody = z.strictObject({ order: Hash, reason: Text });
