import { undertakingBytes, verifySignature } from '@tallystick/crypto';
import { decideSigners, parseFen, signingNeedFor } from '@tallystick/domain';
import type { CertificateOpening, CertificatePublic, MemberRecord, UndertakingSignature } from '@tallystick/protocol';
import { allowed, Refused } from '../refusal/refused';

interface Undertaken {
  public: CertificatePublic;
  opening: CertificateOpening;
  undertakings: readonly UndertakingSignature[];
}

/**
 * The payment undertaking 付款承诺函: the issuer's own signatures over the public part, which stand on the ledger for
 * everyone to verify, by as many people as the face asks for; and the line bank's risk signature for a long tenor.
 * @param bank the line's bank, asked for only when it signed
 * @throws Refused as the domain's `decideSigners`; SIG_INVALID
 */
export function verifiedUndertakings(
  { public: publicPart, opening, undertakings }: Undertaken,
  issuer: MemberRecord,
  bank: () => MemberRecord,
): { riskSigned: boolean } {
  const own = undertakings.filter(({ role }) => role !== 'risk');
  const risk = undertakings.filter(({ role }) => role === 'risk');
  allowed(decideSigners(issuer, own, signingNeedFor(issuer, parseFen(opening.terms.faceFen))));
  own.forEach((signature) => requireSignature(publicPart, signature, issuer));
  if (risk.length === 0) return { riskSigned: false };
  const reviewer = bank();
  allowed(decideSigners(reviewer, risk, 'anyKey'));
  risk.forEach((signature) => requireSignature(publicPart, signature, reviewer));
  return { riskSigned: true };
}

function requireSignature(
  publicPart: CertificatePublic,
  { role, keyId, sig }: UndertakingSignature,
  member: MemberRecord,
): void {
  const publicKey = member.keys.find((key) => key.keyId === keyId)?.publicKey;
  const bytes = undertakingBytes(role, publicPart);
  if (publicKey === undefined || !verifySignature({ publicKey, bytes, signature: sig })) {
    throw new Refused('SIG_INVALID', { keyId });
  }
}
