/**
 * The exact bytes that are signed: a prefix that names the purpose, the signer's role, and canonical JSON.
 *
 * @module
 */
import { utf8 } from './bytes';
import { canonicalJson } from './canonical-json';

/** In which capacity a key signs: two people of a member, the bank's risk officer, or an organisation's own service. */
export type SignatureRole = 'maker' | 'checker' | 'risk' | 'service';

/** All {@link SignatureRole}s, for schemas. */
export const SIGNATURE_ROLES: readonly SignatureRole[] = ['maker', 'checker', 'risk', 'service'];

/**
 * Bytes signed for an instruction. The role is inside, so a maker's signature never serves as a checker's.
 *
 * @throws TypeError for an unknown role or a value without canonical JSON.
 */
export function signedBytes(role: SignatureRole, instruction: unknown): Uint8Array {
  return roleBytes('tallystick/instruction/1', role, instruction);
}

/** Bytes signed by an issuer for the public part of its certificate. @throws as {@link signedBytes}. */
export function undertakingBytes(role: SignatureRole, publicPart: unknown): Uint8Array {
  return roleBytes('tallystick/undertaking/1', role, publicPart);
}

/** Bytes signed by the operator and by the member's own first key for an admission. @throws as `canonicalJson`. */
export function admissionBytes(memberRecord: unknown): Uint8Array {
  return utf8(`tallystick/admission/1\0${canonicalJson(memberRecord)}`);
}

function roleBytes(prefix: string, role: SignatureRole, value: unknown): Uint8Array {
  if (!SIGNATURE_ROLES.includes(role)) throw new TypeError('unknown role of a signature');
  return utf8(`${prefix}\0${role}\0${canonicalJson(value)}`);
}
