import { signedBytes, verifySignature, type SignatureRole } from '@tallystick/crypto';
import { decideSigners, signingNeedFor, withAdministrators, type SigningNeed } from '@tallystick/domain';
import type { MemberKey, MemberRecord, SignedInstruction } from '@tallystick/protocol';
import { allowed, Refused } from '../refusal/refused';
import type { Authority } from './call';

/** In which roles an act may be signed at all: a service key never stands in for a person. */
const ROLES: Record<Authority, readonly SignatureRole[]> = {
  makerChecker: ['maker', 'checker'],
  byAmount: ['maker', 'checker'],
  onePerson: ['maker', 'checker'],
  approval: ['maker', 'risk', 'checker'],
  service: ['service'],
  receipt: ['service', 'maker', 'checker'],
  keyHolder: ['maker', 'checker'],
  anyKey: ['maker', 'checker', 'risk', 'service'],
};

/**
 * The keys that signed an instruction: each signature verified, enough of them for the act, all of different people.
 * @throws Refused SIG_REQUIRED, KEY_UNKNOWN, KEY_REVOKED, ROLE_MISSING, SAME_PERSON, SIG_INVALID
 */
export function verifiedSigners(
  { instruction, signatures }: SignedInstruction,
  member: MemberRecord,
  authority: Authority,
): MemberKey[] {
  const signer = authority === 'keyHolder' ? withAdministrators(member) : member;
  allowed(decideSigners(signer, signatures, needOf(authority, signatures)));
  return signatures.map(({ role, keyId, sig }) => {
    if (!ROLES[authority].includes(role))
      throw new Refused('ROLE_MISSING', { keyId, role: ROLES[authority].join('/') });
    const key = member.keys.find((each) => each.keyId === keyId);
    if (key === undefined) throw new Refused('KEY_UNKNOWN', { keyId });
    if (!verifySignature({ publicKey: key.publicKey, bytes: signedBytes(role, instruction), signature: sig })) {
      throw new Refused('SIG_INVALID', { keyId });
    }
    return key;
  });
}

/** Four eyes above the member's solo limit. @throws Refused ROLE_MISSING when maker or checker has not signed */
export function requireSignersFor(amountFen: bigint, { signatures }: SignedInstruction, member: MemberRecord): void {
  allowed(decideSigners(member, signatures, signingNeedFor(member, amountFen)));
}

/** Two people, whatever the amount. @throws Refused ROLE_MISSING */
export function requireMakerChecker({ signatures }: SignedInstruction, member: MemberRecord): void {
  allowed(decideSigners(member, signatures, 'makerChecker'));
}

function needOf(authority: Authority, signatures: SignedInstruction['signatures']): SigningNeed {
  switch (authority) {
    case 'makerChecker':
    case 'onePerson':
    case 'service':
      return authority;
    case 'approval':
      return 'makerRiskChecker';
    case 'byAmount':
      // The amount is private: more is asked once the handler has proved the openings.
      return 'onePerson';
    case 'receipt':
      return signatures.some(({ role }) => role === 'service') ? 'service' : 'makerChecker';
    case 'keyHolder':
    case 'anyKey':
      return 'anyKey';
  }
}
