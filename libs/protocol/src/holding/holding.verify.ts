import { commitCut, commitOwner } from '@tallystick/crypto';
import { opensAmount } from '../certificate/certificate.verify';
import type { HoldingOpening, HoldingRecord } from './holding.records';

/** Size of an opened holding in fen. */
export const holdingSize = (opening: HoldingOpening): bigint => BigInt(opening.hi) - BigInt(opening.lo);

/** Whether an opening is of this holding: both cuts, the owner and what was paid; and lo < hi. */
export function verifyHoldingOpening(record: HoldingRecord, opening: HoldingOpening): boolean {
  const certificateId = record.certificate;
  return (
    opening.holding === record.id &&
    opening.certificate === certificateId &&
    holdingSize(opening) > 0n &&
    commitCut({ certificateId, position: BigInt(opening.lo), salt: opening.loSalt }) === record.lo &&
    commitCut({ certificateId, position: BigInt(opening.hi), salt: opening.hiSalt }) === record.hi &&
    commitOwner({ holdingId: record.id, memberId: opening.owner, salt: opening.ownerSalt }) === record.owner &&
    opensAmount(record.paid, opening.paid, { recordId: record.id, label: 'paid' })
  );
}
