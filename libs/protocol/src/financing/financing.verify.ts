import { commitAmount, commitOwner, hashTerms } from '@tallystick/crypto';
import type {
  FinancingOrder,
  InvitationOpening,
  InvitationRecord,
  QuoteOpening,
  QuoteRecord,
} from './financing.records';

/** Whether an opening is of this invitation: its bank and, against the order, what the owner asks. */
export function verifyInvitationOpening(
  record: InvitationRecord,
  order: FinancingOrder,
  opening: InvitationOpening,
): boolean {
  return (
    opening.invitation === record.id &&
    opening.order === record.order &&
    order.id === record.order &&
    commitOwner({ holdingId: record.id, memberId: opening.bank, salt: opening.bankSalt }) === record.bank &&
    hashTerms(opening.applicationSalt, opening.application) === order.application
  );
}

/**
 * Whether an opening is of this quote: the whole price and the net amount. The bank is not committed here:
 * it is the one of the quote's invitation.
 */
export function verifyQuoteOpening(record: QuoteRecord, opening: QuoteOpening): boolean {
  return (
    opening.quote === record.id &&
    opening.order === record.order &&
    opening.invitation === record.invitation &&
    hashTerms(opening.termsSalt, opening.terms) === record.terms &&
    commitAmount({
      recordId: record.id,
      label: 'net',
      fen: BigInt(opening.terms.netFen),
      salt: opening.netSalt,
    }) === record.net
  );
}
