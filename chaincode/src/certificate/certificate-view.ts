import type { CertificateView } from '@tallystick/domain';
import { verifyCertificateOpening, type CertificateOpening, type CertificateRecord } from '@tallystick/protocol';
import { provenOpening } from '../refusal/refused';

/** What the rules see of a certificate that everybody may see. */
export function certificateView({ public: promise, status, paidInFull, settling }: CertificateRecord): CertificateView {
  return { status, dueDate: promise.dueDate, acceptBy: promise.acceptBy, paidInFull, settling: settling !== null };
}

/** The certificate that a call was authorised under, its opening proven. @throws Refused OPENING_MISMATCH */
export function provenCertificate(
  certificate: CertificateRecord | null,
  opening: CertificateOpening,
): CertificateRecord {
  if (certificate === null) throw new Error('the call names no certificate');
  provenOpening(verifyCertificateOpening(certificate, opening), 'Certificate', certificate.public.id);
  return certificate;
}
