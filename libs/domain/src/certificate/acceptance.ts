import type { Instant } from '../calendar';
import { step } from '../lifecycle';
import { refuse, type Outcome, type RefusalCode } from '../refusal';
import type { CertificateView } from './certificate';
import { certificateLifecycle, type CertificateAction, type CertificateStatus } from './lifecycle';

/** Who acts, and who alone may. */
export interface Actor {
  caller: string;
  entitled: string;
}

function decideOffered(
  certificate: CertificateView,
  action: CertificateAction,
  { caller, entitled }: Actor,
  notEntitled: RefusalCode,
  now: Instant,
): Outcome<CertificateStatus> {
  if (caller !== entitled) return refuse(notEntitled);
  const next = step(certificateLifecycle, certificate.status, action);
  if (next.ok && now >= certificate.acceptBy) return refuse('WINDOW_OVER', { until: certificate.acceptBy });
  return next;
}

/** Whether the first creditor may accept (签收). Refuses with NOT_RECEIVER, CERTIFICATE_STATE, WINDOW_OVER. */
export function decideAccept(certificate: CertificateView, creditor: Actor, now: Instant): Outcome<CertificateStatus> {
  return decideOffered(certificate, 'accept', creditor, 'NOT_RECEIVER', now);
}

/** Whether the first creditor may decline (拒收): always while it is offered (decree 802 art 11). Refuses like {@link decideAccept}. */
export function decideDecline(certificate: CertificateView, creditor: Actor, now: Instant): Outcome<CertificateStatus> {
  return decideOffered(certificate, 'decline', creditor, 'NOT_RECEIVER', now);
}

/** Whether the issuer may withdraw (撤回). Refuses with NOT_ISSUER, CERTIFICATE_STATE, WINDOW_OVER. */
export function decideWithdraw(certificate: CertificateView, issuer: Actor, now: Instant): Outcome<CertificateStatus> {
  return decideOffered(certificate, 'withdraw', issuer, 'NOT_ISSUER', now);
}
