import {
  deriveWrappingKey,
  fingerprintKeyCommit,
  randomHex,
  unwrapSigner,
  type Signer,
  type WrappedKey,
} from '@tallystick/crypto';
import { makePerson } from '@tallystick/client';
import { firstRulePack, usccCheckCharacter } from '@tallystick/domain';
import type { LedgerNetwork } from '@tallystick/ledger';
import {
  buildRequest,
  PUBLIC_ARGUMENT,
  recordKey,
  REQUEST_FIELD,
  requestBytes,
  signAdmission,
  type GenesisRecord,
  type MemberKey,
  type MemberRecord,
} from '@tallystick/protocol';
import type { UsersService } from '../auth/users.service';
import type { Role } from '../auth/roles';
import { makeConsortiumKey } from '../submissions/consortium-key';
import { serviceKeyOf } from '../submissions/service-keys';
import type { Consortium } from '@tallystick/network';
import type { Logins } from './logins';
import { publishedCalendar } from './working-days';

/** The trial's operator: an invented firm with valid check digit. */
const OPERATOR_CODE = '91110000MA00PLT01';
const OPERATOR = { name: '示例符木供应链信息服务有限公司', nameEn: 'Sample Tallystick Information Services' };
const DAY_MS = 86_400_000;
/** How long before today the trial begins, so that the seed has a past to tell. */
const TRIAL_PAST_DAYS = 165;

/** Roles of the operator's people at the founding. */
type FoundingRole = Extract<Role, MemberKey['roles'][number] | 'viewer'>;

interface OperatorPerson {
  user: string;
  roles: FoundingRole[];
}
const PEOPLE: OperatorPerson[] = [
  { user: 'operator.maker', roles: ['maker', 'admin'] },
  { user: 'operator.checker', roles: ['checker'] },
  { user: 'operator.viewer', roles: ['viewer'] },
];

export interface FoundingInput {
  consortium: Consortium;
  /** Name of the channel on the ledger that is founded. */
  channel: string;
  home: string;
  network: LedgerNetwork;
  users: UsersService;
  logins: Logins;
  now: Date;
}

/**
 * Founds a trial network once: the operator's people with keys of their own, and `Genesis` with the first rule pack, endorsed by
 * every organisation. Killed half-way it goes on where it stood, with the same keys.
 * @returns whether the network was founded just now
 */
export async function foundTrial(input: FoundingInput): Promise<boolean> {
  const { consortium, network } = input;
  const ledger = network.ledgerFor(consortium.operatorMsp);
  const founded = await ledger
    .evaluate({ contract: 'network', fn: 'record', args: [recordKey('Genesis')] })
    .then(() => true)
    .catch(() => false);
  if (founded) return false;
  const context = await foundingContext(input);
  const request = buildRequest({ instructions: [], members: [], readers: [], context });
  const result = await ledger.submit({
    contract: 'network',
    fn: 'genesis',
    args: [PUBLIC_ARGUMENT],
    transient: { [REQUEST_FIELD]: requestBytes(request) },
    endorsers: consortium.organisations.map(({ msp }) => msp),
  });
  if (result.kind !== 'committed') throw new Error(`the network could not be founded: ${JSON.stringify(result)}`);
  return true;
}

async function foundingContext(input: FoundingInput): Promise<Record<string, unknown>> {
  const { consortium, home, now } = input;
  const addedAt = now.toISOString();
  const people = await Promise.all(PEOPLE.map((person) => personOf(input, person)));
  const service = serviceKeyOf(home, consortium.operatorMsp);
  const signers = new Map<string, Signer>([[service.keyId, service.signer]]);
  const keys: MemberKey[] = [
    {
      keyId: service.keyId,
      publicKey: service.publicKey,
      person: randomHex(16),
      roles: ['service'],
      addedAt,
      revokedAt: null,
    },
  ];
  for (const { key, signer, roles } of people) {
    const signing = roles.filter((role) => role !== 'viewer');
    if (signing.length === 0) continue;
    signers.set(key.keyId, signer);
    keys.push({
      keyId: key.keyId,
      publicKey: key.publicKey,
      person: randomHex(16),
      roles: signing,
      addedAt,
      revokedAt: null,
    });
  }
  const operator = operatorRecord(consortium, keys);
  const commit = fingerprintKeyCommit(makeConsortiumKey(home));
  const start = new Date(now.getTime() - TRIAL_PAST_DAYS * DAY_MS);
  const year = start.getUTCFullYear();
  const rules = firstRulePack(publishedCalendar([year - 1, year, year + 1, year + 2]), {
    id: `rules-${String(year)}`,
    effectiveFrom: `${String(year)}-01-01`,
    fingerprintKeyCommit: commit,
    legacyTenorUntil: null,
  });
  const genesis: GenesisRecord = {
    schema: 1,
    networkId: `trial-${randomHex(6)}`,
    channel: input.channel,
    chaincode: consortium.chaincode,
    trial: true,
    organisations: consortium.organisations,
    operatorMsp: consortium.operatorMsp,
    operator,
    firstRulePack: rules.id,
    fingerprintKeyCommit: commit,
    createdAt: addedAt,
  };
  const admission = await Promise.all(
    [...signers].map(([keyId, signer]) => signAdmission(operator, { keyId, signer })),
  );
  const offset = -TRIAL_PAST_DAYS * DAY_MS;
  return { genesis, admission, rulePack: { schema: 1, id: rules.id, rules }, clockOffsetMs: offset };
}

function operatorRecord({ operatorMsp, organisations }: Consortium, keys: MemberKey[]): MemberRecord {
  return {
    schema: 1,
    id: OPERATOR_CODE + (usccCheckCharacter(OPERATOR_CODE) ?? ''),
    ...OPERATOR,
    lei: null,
    kinds: ['OPERATOR'],
    group: organisations.find(({ msp }) => msp === operatorMsp)?.group ?? null,
    host: operatorMsp,
    index: 0,
    keys,
    soloLimitFen: '0',
    status: 'active',
  };
}

/** A founding person with its key: made now, or taken up again with the password that stands in the table of logins. */
async function personOf(
  { users, logins, consortium }: FoundingInput,
  { user, roles }: OperatorPerson,
): Promise<{ key: { keyId: string; publicKey: string }; signer: Signer; roles: FoundingRole[] }> {
  const org = consortium.operatorMsp;
  const { password } = logins.for({ user, firm: OPERATOR.name, org, role: roles.join(' + ') });
  const scope = { org, member: OPERATOR_CODE + (usccCheckCharacter(OPERATOR_CODE) ?? '') };
  const known = await users.find(user);
  if (known !== null) {
    const { keys } = await users.profile({ ...scope, userId: known.id });
    const key = keys[0];
    if (key === undefined) throw new Error(`${user} has no key`);
    const wrapping = await deriveWrappingKey(password, { user, salt: known.salt });
    const signer = await unwrapSigner(key.wrappedKey as unknown as WrappedKey, wrapping, key.publicKey);
    return { key, signer, roles };
  }
  const { person, signer } = await makePerson(user, password);
  const { salt, loginSecret, keyId, publicKey, wrappedKey } = person;
  const key = { keyId, publicKey, wrappedKey };
  await users.create({ ...scope, user, displayNameKey: user, roles, language: 'zh', salt, loginSecret, key });
  return { key, signer, roles };
}
