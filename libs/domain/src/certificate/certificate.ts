import { businessDateOf, type Instant, type IsoDate } from '../calendar';
import { isPastDefaultDay, isPastCutOff, rolledDueDate } from './due';
import type { RulePack } from '../rule-pack';
import type { CertificateStatus } from './lifecycle';

/** What the rules need of a certificate (主凭证) that everybody may see. */
export interface CertificateView {
  status: CertificateStatus;
  dueDate: IsoDate;
  /** The moment from which an offered certificate has lapsed. */
  acceptBy: Instant;
  /** A receipt in full came, whether or not its allocation is done. */
  paidInFull: boolean;
  /** Between funds received and the last allocation page. */
  settling: boolean;
}

/** What dates and payments make of a certificate, for screens and reports; nothing of it is stored. */
export type CertificatePhase =
  'offered' | 'lapsed' | 'declined' | 'withdrawn' | 'active' | 'due' | 'overdue' | 'defaulted' | 'paid' | 'settled';

/** The phase at a moment: `paid` is paid in full but not yet allocated, `defaulted` that default may be declared. */
export function certificatePhase(certificate: CertificateView, now: Instant, rules: RulePack): CertificatePhase {
  const { status, dueDate } = certificate;
  if (status === 'offered') return now < certificate.acceptBy ? 'offered' : 'lapsed';
  if (status !== 'active') return status;
  if (certificate.paidInFull) return 'paid';
  if (isPastDefaultDay(dueDate, now, rules)) return 'defaulted';
  if (isPastCutOff(dueDate, now, rules)) return 'overdue';
  return businessDateOf(now) >= rolledDueDate(dueDate, rules) ? 'due' : 'active';
}

/** Whether the cut-off of the due day has passed with money outstanding. */
export function isOverdue(certificate: CertificateView, now: Instant, rules: RulePack): boolean {
  const phase = certificatePhase(certificate, now, rules);
  return phase === 'overdue' || phase === 'defaulted';
}

/** Whether a certificate came to nothing: its line and its invoices are free again. */
export function isDead(certificate: CertificateView, now: Instant): boolean {
  const { status } = certificate;
  return status === 'declined' || status === 'withdrawn' || (status === 'offered' && now >= certificate.acceptBy);
}
