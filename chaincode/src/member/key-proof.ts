import { admissionBytes, keyIdOf, verifySignature } from '@tallystick/crypto';
import { admissionSubject, type AdmissionSignature, type MemberKey, type MemberRecord } from '@tallystick/protocol';
import { Refused } from '../refusal/refused';

/**
 * Every first key of a member signed the member's record: whoever admits it cannot slip a key in.
 * @throws Refused BAD_INPUT for a misnamed or revoked key; SIG_REQUIRED for a key that did not sign; SIG_INVALID
 */
export function requireOwnKeys(record: MemberRecord, admission: readonly AdmissionSignature[]): void {
  const bytes = admissionBytes(admissionSubject(record));
  record.keys.forEach(requireLiving);
  record.keys.forEach((key) => requireProof(key, bytes, admission));
}

/** The new key signed itself, so its owner holds it. @throws as {@link requireOwnKeys} */
export function requireNewKey(key: MemberKey, proof: AdmissionSignature): void {
  requireLiving(key);
  requireProof(key, admissionBytes(key), [proof]);
}

function requireLiving({ keyId, publicKey, revokedAt }: MemberKey): void {
  if (keyId !== keyIdOf(publicKey) || revokedAt !== null) throw new Refused('BAD_INPUT', { field: 'keys', keyId });
}

function requireProof({ keyId, publicKey }: MemberKey, bytes: Uint8Array, proofs: readonly AdmissionSignature[]): void {
  const proof = proofs.find((each) => each.keyId === keyId);
  if (proof === undefined) throw new Refused('SIG_REQUIRED', { keyId });
  if (!verifySignature({ publicKey, bytes, signature: proof.sig })) throw new Refused('SIG_INVALID', { keyId });
}
