/** A firm's application as it is filled in, and what is missing. Passwords stay in the page. */
import { isUscc } from '@tallystick/domain';
import type { MemberKind } from '../api/types';

export const PERSON_ROLES = ['maker', 'checker', 'risk', 'viewer', 'admin'] as const;
export type PersonRole = (typeof PERSON_ROLES)[number];

export interface PersonDraft {
  /** Of the form's row. */
  key: string;
  displayName: string;
  user: string;
  password: string;
  roles: readonly PersonRole[];
}

export interface FirmDraft {
  id: string;
  name: string;
  nameEn: string;
  kind: Exclude<MemberKind, 'OPERATOR'>;
  host: string;
  people: readonly PersonDraft[];
}

export type FirmComplaint =
  'id' | 'name' | 'nameEn' | 'host' | 'displayName' | 'user' | 'userTwice' | 'password' | 'roles' | 'twoSigners';

const LEAST_PASSWORD = 10;

/** What is missing, by field path as the gateway names it. */
export function complaintsOf({ id, name, nameEn, host, people }: FirmDraft): Record<string, FirmComplaint> {
  const found: Record<string, FirmComplaint> = {};
  if (!isUscc(id.trim())) found['subject.id'] = 'id';
  if (name.trim() === '') found['subject.name'] = 'name';
  if (nameEn.trim() === '') found['subject.nameEn'] = 'nameEn';
  if (host === '') found['subject.host'] = 'host';
  for (const [index, person] of people.entries()) {
    const at = `users.${String(index)}`;
    if (person.displayName.trim() === '') found[`${at}.displayName`] = 'displayName';
    if (!/^[a-z0-9][a-z0-9._-]{2,63}$/.test(person.user)) found[`${at}.user`] = 'user';
    else if (people.slice(0, index).some(({ user }) => user === person.user)) found[`${at}.user`] = 'userTwice';
    if (person.password.length < LEAST_PASSWORD) found[`${at}.password`] = 'password';
    if (person.roles.length === 0) found[`${at}.roles`] = 'roles';
  }
  if (!hasTwoSigners(people)) found['users'] = 'twoSigners';
  return found;
}

/** One can prepare and another check: never one person for both. */
function hasTwoSigners(people: readonly PersonDraft[]): boolean {
  const makers = people.filter(({ roles }) => roles.includes('maker'));
  return makers.some((maker) => people.some(({ key, roles }) => key !== maker.key && roles.includes('checker')));
}
