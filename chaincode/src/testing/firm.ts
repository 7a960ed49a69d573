import { generatePrivateKey, keyIdOf, nobleSigner, type SignatureRole, type Signer } from '@tallystick/crypto';
import { usccCheckCharacter } from '@tallystick/domain';
import type { MemberKey, MemberKind, MemberRecord, Random, Signatory } from '@tallystick/protocol';

/** An invented firm with the keys of its people; `record` is as of its admission or last change. */
export interface Firm {
  record: MemberRecord;
  signers: ReadonlyMap<string, Signer>;
  /** Private keys in hexadecimal, by key id, for services that sign from a key file of their own. */
  privateKeys?: ReadonlyMap<string, string>;
}

export interface FirmInput {
  /** First 17 characters of its credit code; the check character is added. */
  code: string;
  name: string;
  kinds: MemberKind[];
  host: string;
  index: number;
  group?: string;
  soloLimitFen?: string;
}

export const PERSON_ROLES = ['maker', 'checker', 'risk', 'service', 'admin'] as const;
type PersonRole = (typeof PERSON_ROLES)[number];

/** A key of one new person in one role. */
export function newKey(
  role: PersonRole,
  addedAt: string,
  random: Random,
): { key: MemberKey; signer: Signer; privateKey?: string } {
  const privateKey = generatePrivateKey(Uint8Array.from(Buffer.from(random(48), 'hex')));
  const signer = nobleSigner(privateKey);
  const { publicKey } = signer;
  const key = { keyId: keyIdOf(publicKey), publicKey, person: random(16), roles: [role], addedAt, revokedAt: null };
  return { key, signer, privateKey };
}

/** A firm with one person for each role. */
export function newFirm(input: FirmInput, addedAt: string, random: Random): Firm {
  const made = PERSON_ROLES.map((role) => newKey(role, addedAt, random));
  const record: MemberRecord = {
    schema: 1,
    id: input.code + (usccCheckCharacter(input.code) ?? ''),
    name: input.name,
    nameEn: input.name,
    lei: null,
    kinds: input.kinds,
    group: input.group ?? null,
    host: input.host,
    index: input.index,
    keys: made.map(({ key }) => key),
    soloLimitFen: input.soloLimitFen ?? '0',
    status: 'active',
  };
  return {
    record,
    signers: new Map(made.map(({ key, signer }) => [key.keyId, signer])),
    privateKeys: new Map(made.map(({ key, privateKey = '' }) => [key.keyId, privateKey])),
  };
}

/** The person of a firm that holds a role, ready to sign in it (an administrator signs as maker). */
export function signatory({ record, signers }: Firm, role: PersonRole): Signatory {
  const key = record.keys.find((each) => each.roles.includes(role) && each.revokedAt === null);
  const signer = key === undefined ? undefined : signers.get(key.keyId);
  if (key === undefined || signer === undefined) throw new Error(`${record.name} has no ${role}`);
  const as: SignatureRole = role === 'admin' ? 'maker' : role;
  return { role: as, signer, keyId: key.keyId };
}
