import { commitAmount, commitCut, hashTerms } from '@tallystick/crypto';
import type {
  CertificateOpening,
  CertificateRecord,
  CertificateTerms,
  OccupancyOpening,
  OccupancyRecord,
  OpenedAmount,
} from './certificate.records';

/** First and one-past-last cent of a certificate: its random origin s and s + face. */
export function certificateInterval(terms: CertificateTerms): { lo: bigint; hi: bigint } {
  const lo = BigInt(terms.originFen);
  return { lo, hi: lo + BigInt(terms.faceFen) };
}

/** Whether an amount (null: zero, never committed) opens a commitment of a record. */
export function opensAmount(
  commitment: string | null,
  opened: OpenedAmount | null,
  of: { recordId: string; label: string },
): boolean {
  if (commitment === null || opened === null) return commitment === null && opened === null;
  return commitAmount({ ...of, fen: BigInt(opened.fen), salt: opened.salt }) === commitment;
}

/** Whether an opening is of this certificate: terms, ends of the interval and amounts. */
export function verifyCertificateOpening(record: CertificateRecord, opening: CertificateOpening): boolean {
  const id = record.public.id;
  const { lo, hi } = certificateInterval(opening.terms);
  return (
    opening.certificate === id &&
    hashTerms(opening.termsSalt, opening.terms) === record.public.terms &&
    commitCut({ certificateId: id, position: lo, salt: opening.loSalt }) === record.public.lo &&
    commitCut({ certificateId: id, position: hi, salt: opening.hiSalt }) === record.public.hi &&
    opensAmount(record.paid, opening.paid, { recordId: id, label: 'paid' }) &&
    opensAmount(record.released, opening.released, { recordId: id, label: 'released' }) &&
    opensAmount(record.carried, opening.carried, { recordId: id, label: 'carried' })
  );
}

/** Whether an opening is of this invoice's occupancy, use by use in the record's order. */
export function verifyOccupancyOpening(record: OccupancyRecord, opening: OccupancyOpening): boolean {
  const recordId = record.fingerprint;
  return (
    opening.fingerprint === recordId &&
    opensAmount(record.gross, opening.gross, { recordId, label: 'gross' }) &&
    record.uses.length === opening.uses.length &&
    record.uses.every((use, index) => {
      const opened = opening.uses[index];
      return (
        opened !== undefined &&
        opened.certificate === use.certificate &&
        opensAmount(use.amount, opened.amount, { recordId, label: `use:${use.certificate}` })
      );
    })
  );
}
