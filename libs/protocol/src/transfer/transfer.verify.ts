import { commitOwner, hashTerms } from '@tallystick/crypto';
import type { TransferOpening, TransferOrder } from './transfer.records';

/**
 * Whether an opening is of this offer: its receiver and the trade behind it.
 * The sender is not committed here: it is the owner of the offered piece, whose opening says so.
 */
export function verifyTransferOpening(record: TransferOrder, opening: TransferOpening): boolean {
  return (
    opening.order === record.id &&
    commitOwner({ holdingId: record.id, memberId: opening.receiver, salt: opening.receiverSalt }) === record.receiver &&
    hashTerms(opening.backgroundSalt, opening.background) === record.background
  );
}
