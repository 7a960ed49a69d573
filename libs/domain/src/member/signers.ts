import { accept, refuse, type Outcome } from '../refusal';
import type { KeyView, MemberView, SigningRole } from './member';

/** Which signatures an act needs; see {@link decideSigners}. */
export type SigningNeed = 'anyKey' | 'service' | 'onePerson' | 'makerChecker' | 'makerRiskChecker';

/** Each entry asks for one signature in one of its roles. */
const NEEDED_ROLES: Readonly<Record<SigningNeed, readonly (readonly SigningRole[])[]>> = {
  anyKey: [],
  service: [['service']],
  onePerson: [['maker', 'checker']],
  makerChecker: [['maker'], ['checker']],
  makerRiskChecker: [['maker'], ['risk'], ['checker']],
};

/** One person suffices up to the member's public limit; above it maker and checker are needed. */
export function signingNeedFor(member: Pick<MemberView, 'soloLimitFen'>, amountFen: bigint): SigningNeed {
  return amountFen <= BigInt(member.soloLimitFen) ? 'onePerson' : 'makerChecker';
}

/** A signature by a key in a role, already verified as a signature. */
export interface SignatureView {
  keyId: string;
  role: SigningRole;
}

function decideKey(member: Pick<MemberView, 'keys'>, { keyId, role }: SignatureView): Outcome<KeyView> {
  const key = member.keys.find((candidate) => candidate.keyId === keyId);
  if (!key) return refuse('KEY_UNKNOWN', { keyId });
  if (key.revokedAt !== null) return refuse('KEY_REVOKED', { keyId });
  return key.roles.includes(role) ? accept(key) : refuse('ROLE_MISSING', { role, keyId });
}

/**
 * Whether these signatures authorise an act of the member: every key registered, living and allowed its role, every needed
 * role there, and no person signing twice (I8). Refuses with SIG_REQUIRED, KEY_UNKNOWN, KEY_REVOKED, ROLE_MISSING, SAME_PERSON.
 */
export function decideSigners(
  member: Pick<MemberView, 'keys'>,
  signatures: readonly SignatureView[],
  need: SigningNeed,
): Outcome<readonly KeyView[]> {
  if (signatures.length === 0) return refuse('SIG_REQUIRED');
  const keys: KeyView[] = [];
  for (const signature of signatures) {
    const key = decideKey(member, signature);
    if (!key.ok) return key;
    keys.push(key.value);
  }
  const missing = NEEDED_ROLES[need].find((roles) => !signatures.some(({ role }) => roles.includes(role)));
  if (missing) return refuse('ROLE_MISSING', { role: missing.join('/') });
  return new Set(keys.map(({ person }) => person)).size === keys.length ? accept(keys) : refuse('SAME_PERSON');
}
