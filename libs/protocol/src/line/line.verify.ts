import { hashTerms } from '@tallystick/crypto';
import { opensAmount } from '../certificate/certificate.verify';
import type { LineOpening, LineRecord } from './line.records';

/** Whether an opening is of this credit line: parties, limit and what is used. */
export function verifyLineOpening(record: LineRecord, opening: LineOpening): boolean {
  const recordId = record.id;
  return (
    opening.line === recordId &&
    hashTerms(opening.termsSalt, opening.terms) === record.terms &&
    opensAmount(record.limit, { fen: opening.limitFen, salt: opening.limitSalt }, { recordId, label: 'limit' }) &&
    opensAmount(record.used, { fen: opening.usedFen, salt: opening.usedSalt }, { recordId, label: 'used' })
  );
}
