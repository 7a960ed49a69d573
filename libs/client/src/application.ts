import { randomHex, type WrappedKey } from '@tallystick/crypto';
import {
  signAdmission,
  type AdmissionSignature,
  type MemberKey,
  type MemberKind,
  type MemberRecord,
} from '@tallystick/protocol';
import { Http } from './http';
import { makePerson } from './person';

type PersonRole = 'maker' | 'checker' | 'risk' | 'viewer' | 'admin';

/** A firm that wants to become a member, with the people who will act for it. */
export interface NewFirm {
  /** Unified social credit code. */
  id: string;
  name: string;
  nameEn: string;
  kinds: MemberKind[];
  group: string | null;
  /** Organisation whose peer keeps its clear values. */
  host: string;
  /** Whether that organisation is the firm's own, so that its services sign for the firm. */
  ownHost: boolean;
  /** Up to this amount one person signs alone, in fen. */
  soloLimitFen: string;
  people: { user: string; password: string; displayName: string; roles: PersonRole[] }[];
}

interface NewUser {
  user: string;
  displayName: string;
  roles: PersonRole[];
  language: 'zh' | 'en';
  salt: string;
  loginSecret: string;
  key?: { keyId: string; publicKey: string; wrappedKey: WrappedKey };
}

/** Body of `POST /applications`. */
export interface Application {
  subject: Omit<MemberRecord, 'index'>;
  admission: AdmissionSignature[];
  users: NewUser[];
}

/** What a gateway tells those who want to join: `GET /applications/terms`. */
export interface JoiningTerms {
  now: string;
  hosts: { msp: string; serviceKey: { keyId: string; publicKey: string } }[];
}

/** Makes every person's key and has each sign the firm's record. No password and no key in clear leaves this process. */
export async function applicationOf(firm: NewFirm, terms: JoiningTerms): Promise<Application> {
  const { id, name, nameEn, kinds, group, host, soloLimitFen } = firm;
  const made = await Promise.all(
    firm.people.map(async (person) => ({ ...person, ...(await makePerson(person.user, person.password)) })),
  );
  const signing = made.filter(({ roles }) => roles.some((role) => role !== 'viewer'));
  const service = firm.ownHost ? terms.hosts.find(({ msp }) => msp === host)?.serviceKey : undefined;
  const keyOf = (key: { keyId: string; publicKey: string }, roles: MemberKey['roles']): MemberKey => ({
    keyId: key.keyId,
    publicKey: key.publicKey,
    person: randomHex(16),
    roles,
    addedAt: terms.now,
    revokedAt: null,
  });
  const keys = signing.map(({ person, roles }) =>
    keyOf(
      person,
      roles.filter((role) => role !== 'viewer'),
    ),
  );
  if (service !== undefined) keys.push(keyOf(service, ['service']));
  const record: MemberRecord = {
    schema: 1,
    id,
    name,
    nameEn,
    lei: null,
    kinds,
    group,
    host,
    index: 0,
    keys,
    soloLimitFen,
    status: 'active',
  };
  const admission = await Promise.all(
    signing.map(({ person, signer }) => signAdmission(record, { keyId: person.keyId, signer })),
  );
  const { index: _index, ...subject } = record;
  const users = made.map(({ user, displayName, roles, person }) => {
    const { salt, loginSecret, keyId, publicKey, wrappedKey } = person;
    const isSigning = roles.some((role) => role !== 'viewer');
    const account = { user, displayName, roles, language: 'zh' as const, salt, loginSecret };
    return isSigning ? { ...account, key: { keyId, publicKey, wrappedKey } } : account;
  });
  return { subject, admission, users };
}

/** Sends an application to a gateway. @returns its id there, for the operator, and the signatures of all keys */
export async function apply(baseUrl: string, firm: NewFirm): Promise<{ id: string; application: Application }> {
  const http = new Http({ baseUrl });
  const application = await applicationOf(firm, await http.get<JoiningTerms>('/applications/terms'));
  const { id, admission } = await http.post<{ id: string; admission: AdmissionSignature[] }>(
    '/applications',
    application,
  );
  return { id, application: { ...application, admission } };
}
