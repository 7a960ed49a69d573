import { randomHex, type WrappedKey } from '@tallystick/crypto';
import {
  signAdmission,
  type AdmissionSignature,
  type MemberKey,
  type MemberKind,
  type MemberRecord,
} from '@tallystick/protocol';
import { Http } from './http';
import { makeAccount, makePerson } from './person';

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

const signs = ({ roles }: { roles: PersonRole[] }): boolean => roles.some((role) => role !== 'viewer');

/** Makes every person's key and has each sign the firm's record. No password and no key in clear leaves this process. */
export async function applicationOf(firm: NewFirm, terms: JoiningTerms): Promise<Application> {
  const { id, name, nameEn, kinds, group, host, soloLimitFen } = firm;
  const [signing, watching] = await Promise.all([
    Promise.all(
      firm.people.filter(signs).map(async (each) => ({ ...each, ...(await makePerson(each.user, each.password)) })),
    ),
    Promise.all(
      firm.people
        .filter((each) => !signs(each))
        .map(async (each) => ({ ...each, ...(await makeAccount(each.user, each.password)) })),
    ),
  ]);
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
  const users: NewUser[] = [
    ...signing.map(({ displayName, roles, person: { user, salt, loginSecret, ...key } }) => {
      return { user, displayName, roles, language: 'zh' as const, salt, loginSecret, key };
    }),
    ...watching.map(({ user, displayName, roles, salt, loginSecret }) => {
      return { user, displayName, roles, language: 'zh' as const, salt, loginSecret };
    }),
  ];
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

/** Hands an application, complete with all signatures, on to the operator's gateway; accounts stay where they were made. @returns its id there */
export async function handOn(baseUrl: string, application: Application): Promise<string> {
  const { id } = await new Http({ baseUrl }).post<{ id: string }>('/applications', { ...application, users: [] });
  return id;
}
