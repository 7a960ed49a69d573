/** Why a payment message was not taken. */
export type MessageFault =
  | 'NOT_A_PAYMENT_FILE'
  | 'NOT_A_STATUS_REPORT'
  | 'NOT_A_NOTIFICATION'
  | 'OTHER_VERSION'
  | 'ONE_DEBTOR_A_FILE'
  | 'WRONG_COUNT'
  | 'WRONG_SUM'
  | 'BAD_DATE'
  | 'BAD_AMOUNT'
  | 'BAD_REFERENCE'
  | 'BAD_STATUS'
  | 'OTHER_CURRENCY'
  | 'FIELD_MISSING';

export class MessageError extends Error {
  override readonly name = 'MessageError';
  constructor(readonly code: MessageFault) {
    super(code);
  }
}
