import { admissionBytes, type Signer } from '@tallystick/crypto';
import { compose, type Authoring, type Unsigned } from '../instruction/instruction.build';
import { admissionSubject, type AdmissionSignature, type MemberKey, type MemberRecord } from './member.records';

interface KeySigner {
  signer: Signer;
  keyId: string;
}

/** A first key's own signature on its member's record. */
export async function signAdmission(record: MemberRecord, { signer, keyId }: KeySigner): Promise<AdmissionSignature> {
  return { keyId, sig: await signer.sign(admissionBytes(admissionSubject(record))) };
}

/** A new key's own signature on itself, for `member.addKey`. */
export async function signKey(key: MemberKey, signer: Signer): Promise<AdmissionSignature> {
  return { keyId: key.keyId, sig: await signer.sign(admissionBytes(key)) };
}

/** `member.admit`, by the operator. */
export function buildAdmit(input: Authoring & { record: MemberRecord; admission: AdmissionSignature[] }): Unsigned {
  return compose('member.admit', input, { record: input.record, admission: input.admission }, null);
}

/** `member.addKey`, by an old key of the member. */
export function buildAddKey(input: Authoring & { key: MemberKey; admission: AdmissionSignature }): Unsigned {
  return compose('member.addKey', input, { key: input.key, admission: input.admission }, null);
}

/** `member.revokeKey`, by the member itself or the operator. */
export function buildRevokeKey(input: Authoring & { member: string; keyId: string; reason: string }): Unsigned {
  const { member, keyId, reason } = input;
  return compose('member.revokeKey', input, { member, keyId, reason }, null);
}

/** `member.setStatus`, by the operator. */
export function buildSetStatus(
  input: Authoring & { member: string; status: 'active' | 'suspended'; reason: string },
): Unsigned {
  const { member, status, reason } = input;
  return compose('member.setStatus', input, { member, status, reason }, null);
}

/** `member.setSoloLimit`, by the member: up to which amount (fen) one signature suffices. */
export const buildSetSoloLimit = (input: Authoring & { soloLimitFen: bigint }): Unsigned =>
  compose('member.setSoloLimit', input, { soloLimitFen: String(input.soloLimitFen) }, null);
