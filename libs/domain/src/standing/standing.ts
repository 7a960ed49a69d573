import type { Instant } from '../calendar';
import { isOverdue, type CertificateView } from '../certificate';
import { accept, refuse, type Outcome } from '../refusal';
import type { RulePack } from '../rule-pack';

/** An issuer's standing: certificates that were put on record as overdue. */
export interface StandingView {
  overdue: readonly string[];
}

/**
 * Whether a certificate may be put on record as overdue; anyone may. Refuses with NOT_OVERDUE, RECORD_EXISTS (on record already).
 *
 * @returns the standing's new list
 */
export function decideReportOverdue(
  standing: StandingView,
  certificateId: string,
  certificate: CertificateView,
  now: Instant,
  rules: RulePack,
): Outcome<string[]> {
  if (!isOverdue(certificate, now, rules)) return refuse('NOT_OVERDUE');
  if (standing.overdue.includes(certificateId)) return refuse('RECORD_EXISTS');
  return accept([...standing.overdue, certificateId]);
}

/** Whether certificates on record still keep their issuer from issuing: a receipt in full lifts each by rule (T37; 77号 art 15). */
export function isBlockedFromIssuing(onRecord: readonly Pick<CertificateView, 'paidInFull'>[]): boolean {
  return onRecord.some(({ paidInFull }) => !paidInFull);
}
