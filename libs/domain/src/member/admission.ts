import { isLei, isUscc } from '../identity';
import { accept, refuse, type Outcome } from '../refusal';
import type { RulePack } from '../rule-pack';
import type { KeyView, MemberKind, MemberView } from './member';

/** A firm that asks to become a member; its id is its unified social credit code. */
export interface Applicant {
  id: string;
  lei: string | null;
  soloLimitFen: string;
  keys: readonly KeyView[];
}

const isLiving = (key: KeyView) => key.revokedAt === null;

/** A maker and a checker must be able to sign as two people. */
function hasTwoSigners(keys: readonly KeyView[]): boolean {
  const makers = keys.filter((key) => isLiving(key) && key.roles.includes('maker'));
  const checkers = keys.filter((key) => isLiving(key) && key.roles.includes('checker'));
  return makers.some((maker) => checkers.some((checker) => checker.person !== maker.person));
}

/** Whether a member may sign alone up to this amount. Refuses with SOLO_LIMIT_TOO_HIGH. */
export function decideSoloLimit(soloLimitFen: bigint, rules: RulePack): Outcome<bigint> {
  const maxFen = BigInt(rules.soloLimitMaxFen);
  if (soloLimitFen <= maxFen) return accept(soloLimitFen);
  return refuse('SOLO_LIMIT_TOO_HIGH', { maxFen }, { field: 'soloLimitFen' });
}

/**
 * Whether a firm may be admitted (T33, T34). Refuses with USCC_INVALID, BAD_INPUT (lei), RECORD_EXISTS, KEY_EXISTS (one key twice),
 * KEYS_INCOMPLETE (no maker and checker of two people), SOLO_LIMIT_TOO_HIGH.
 */
export function decideAdmission(applicant: Applicant, isMember: boolean, rules: RulePack): Outcome<true> {
  if (!isUscc(applicant.id)) return refuse('USCC_INVALID', {}, { field: 'id' });
  if (applicant.lei !== null && !isLei(applicant.lei))
    return refuse('BAD_INPUT', {}, { field: 'lei', rule: 'ISO 17442' });
  if (isMember) return refuse('RECORD_EXISTS', {}, { field: 'id' });
  const keyIds = applicant.keys.map(({ keyId }) => keyId);
  const repeated = keyIds.find((keyId, index) => keyIds.indexOf(keyId) !== index);
  if (repeated !== undefined) return refuse('KEY_EXISTS', { keyId: repeated }, { field: 'keys' });
  if (!hasTwoSigners(applicant.keys)) return refuse('KEYS_INCOMPLETE', {}, { field: 'keys' });
  const limit = decideSoloLimit(BigInt(applicant.soloLimitFen), rules);
  return limit.ok ? accept(true) : limit;
}

/** Whether the member may register one more key. Refuses with KEY_EXISTS, also for a revoked one: a key never comes back. */
export function decideAddKey(member: Pick<MemberView, 'keys'>, key: KeyView): Outcome<readonly KeyView[]> {
  const exists = member.keys.some(({ keyId }) => keyId === key.keyId);
  return exists ? refuse('KEY_EXISTS', { keyId: key.keyId }) : accept([...member.keys, key]);
}

/** An administrator's key signs as `maker`, but only what concerns keys. */
export function withAdministrators<M extends Pick<MemberView, 'keys'>>(member: M): M {
  const keys = member.keys.map((key) =>
    key.roles.includes('admin') ? { ...key, roles: [...key.roles, 'maker' as const] } : key,
  );
  return { ...member, keys };
}

/**
 * Whether those who signed may register the key. One person alone replaces only a key of its own, without gaining a role;
 * anything else takes two, or whoever adds a colleague's key could be its own checker (X24). Refuses with ROLE_MISSING.
 */
export function decideNewKeySigners(
  member: Pick<MemberView, 'keys'>,
  added: KeyView,
  signers: readonly KeyView[],
): Outcome<true> {
  if (signers.length > 1) return accept(true);
  const isOwn = signers.some(
    ({ person, roles }) => person === added.person && added.roles.every((role) => roles.includes(role)),
  );
  const isPersonal = (key: KeyView) => isLiving(key) && key.roles.some((role) => role !== 'service');
  const people = new Set(member.keys.filter(isPersonal).map(({ person }) => person));
  return isOwn || people.size <= 1 ? accept(true) : refuse('ROLE_MISSING', { role: 'maker/checker' });
}

/** Whether a key may be revoked. Refuses with KEY_UNKNOWN, KEY_REVOKED, LAST_KEY (nobody could sign for the member any more). */
export function decideRevokeKey(member: Pick<MemberView, 'keys'>, keyId: string): Outcome<KeyView> {
  const key = member.keys.find((candidate) => candidate.keyId === keyId);
  if (!key) return refuse('KEY_UNKNOWN', { keyId });
  if (!isLiving(key)) return refuse('KEY_REVOKED', { keyId });
  const others = member.keys.some((other) => other.keyId !== keyId && isLiving(other));
  return others ? accept(key) : refuse('LAST_KEY', { keyId });
}

/** Whether a member may act, as this kind when one is asked. Refuses with MEMBER_SUSPENDED, MEMBER_KIND. */
export function decideActing(
  member: Pick<MemberView, 'id' | 'kinds' | 'status'>,
  neededKind: MemberKind | null,
): Outcome<true> {
  if (member.status !== 'active') return refuse('MEMBER_SUSPENDED', { memberId: member.id });
  if (neededKind !== null && !member.kinds.includes(neededKind)) {
    return refuse('MEMBER_KIND', { memberId: member.id, neededKind });
  }
  return accept(true);
}
