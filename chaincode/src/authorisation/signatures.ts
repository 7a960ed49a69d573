import { signedBytes, verifySignature } from '@tallystick/crypto';
import type { MemberKey, MemberRecord, SignedInstruction } from '@tallystick/protocol';
import { Refused } from '../refusal/refused';
import type { Authority, Signatory } from './call';

type Role = Signatory['role'];

const ROLES: Record<Authority, readonly Role[]> = {
  makerChecker: ['maker', 'checker'],
  byAmount: ['maker', 'checker'],
  approval: ['maker', 'risk', 'checker'],
  service: ['service'],
  receipt: ['service', 'maker', 'checker'],
  keyHolder: ['maker', 'checker'],
  anyKey: ['maker', 'checker', 'risk', 'service'],
};

/**
 * Verifies every signature of an instruction: one that does not verify is never just ignored.
 * @throws Refused KEY_UNKNOWN, KEY_REVOKED, ROLE_MISSING (the key may not sign in that role, or the act takes no such role),
 * SIG_INVALID, SAME_PERSON (one key or one person twice)
 */
export function verifiedSignatories(
  { instruction, signatures }: SignedInstruction,
  member: MemberRecord,
  authority: Authority,
): Signatory[] {
  const people = new Set<string>();
  return signatures.map(({ role, keyId, sig }) => {
    const key = member.keys.find((each) => each.keyId === keyId);
    if (key === undefined) throw new Refused('KEY_UNKNOWN', { keyId });
    if (key.revokedAt !== null) throw new Refused('KEY_REVOKED', { keyId });
    if (!ROLES[authority].includes(role) || !mayActAs(key, role, authority)) {
      throw new Refused('ROLE_MISSING', { keyId, role });
    }
    if (!verifySignature({ publicKey: key.publicKey, bytes: signedBytes(role, instruction), signature: sig })) {
      throw new Refused('SIG_INVALID', { keyId });
    }
    if (people.has(key.person)) throw new Refused('SAME_PERSON', { keyId });
    people.add(key.person);
    return { role, keyId, person: key.person };
  });
}

/** An administrator's key signs as `maker`, but only what concerns keys. */
function mayActAs(key: MemberKey, role: Role, authority: Authority): boolean {
  return key.roles.includes(role) || (authority === 'keyHolder' && role === 'maker' && key.roles.includes('admin'));
}

/**
 * Whether the roles that the act needs have signed. Signatories are different people already.
 * @param amountFen what a `byAmount` act moves; unknown until the handler has proved the openings
 * @throws Refused SIG_REQUIRED naming the role that is missing
 */
export function requireRoles(
  signatories: readonly Signatory[],
  authority: Authority,
  soloLimit: { limitFen: bigint; amountFen: bigint | null },
): void {
  const has = (role: Role): boolean => signatories.some((each) => each.role === role);
  const need = (...roles: Role[]): void => {
    const missing = roles.find((role) => !has(role));
    if (missing !== undefined) throw new Refused('SIG_REQUIRED', { role: missing });
  };
  switch (authority) {
    case 'makerChecker':
      return need('maker', 'checker');
    case 'byAmount':
      if (soloLimit.amountFen !== null && soloLimit.amountFen > soloLimit.limitFen) return need('maker', 'checker');
      return need('maker');
    case 'approval':
      return need('maker', 'risk', 'checker');
    case 'service':
      return need('service');
    case 'receipt':
      return has('service') ? undefined : need('maker', 'checker');
    case 'keyHolder':
    case 'anyKey':
      // The roles allowed are checked with each signature, and the wire format asks for one at least.
      return;
  }
}
