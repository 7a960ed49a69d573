import { z } from 'zod';
import { FenString, Hash, Instant, KeyId, MemberId, MspId, PublicKey, SignatureHex } from '../wire/scalars';

export const MEMBER_KINDS = ['CORE', 'SUPPLIER', 'BANK', 'OPERATOR', 'REGULATOR'] as const;
export const MemberKind = z.enum(MEMBER_KINDS);
export type MemberKind = z.infer<typeof MemberKind>;

/** A registered key. `person` is an opaque mark of the human behind it, so that two keys of one person never count as two. */
export const MemberKey = z.strictObject({
  keyId: KeyId,
  publicKey: PublicKey,
  person: z.string().regex(/^[0-9a-f]{32}$/),
  roles: z
    .array(z.enum(['maker', 'checker', 'risk', 'service', 'admin']))
    .min(1)
    .max(5),
  addedAt: Instant,
  revokedAt: Instant.nullable(),
});
export type MemberKey = z.infer<typeof MemberKey>;

/** `Member/<id>`: public. Its leaf under `Roster/<host>` at `index` is what transactions verify. */
export const MemberRecord = z.strictObject({
  schema: z.literal(1),
  id: MemberId,
  name: z.string().min(1).max(100),
  nameEn: z.string().min(1).max(100),
  lei: z.string().length(20).nullable(),
  kinds: z.array(MemberKind).min(1).max(5),
  /** Group of firms under one control; a witness may not belong to the issuer's. */
  group: z.string().max(40).nullable(),
  host: MspId,
  index: z.int().min(0).max(1_048_575),
  keys: z.array(MemberKey).min(1).max(60),
  soloLimitFen: FenString,
  status: z.enum(['active', 'suspended']),
});
export type MemberRecord = z.infer<typeof MemberRecord>;

/** `Roster/<host>`: root of the Merkle tree (depth 20, indexed leaves) over that host's member records; `size` = next free index. */
export const RosterRecord = z.strictObject({
  schema: z.literal(1),
  host: MspId,
  root: Hash,
  size: z.int().min(0).max(1_048_576),
});
export type RosterRecord = z.infer<typeof RosterRecord>;

/**
 * The member's own signature on its admission, by each of its first keys, over `admissionBytes(admissionSubject(record))`:
 * the record without its roster index, which the operator finds only when it admits.
 */
export const AdmissionSignature = z.strictObject({ keyId: KeyId, sig: SignatureHex });
export type AdmissionSignature = z.infer<typeof AdmissionSignature>;

/** What a member's own keys sign at admission: its record without the roster index. */
export function admissionSubject(record: MemberRecord): Omit<MemberRecord, 'index'> {
  const { index: _index, ...subject } = record;
  return subject;
}
