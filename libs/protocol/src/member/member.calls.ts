import { z } from 'zod';
import { FenString, KeyId, MemberId } from '../wire/scalars';
import { AdmissionSignature, MemberKey, MemberRecord } from './member.records';

/** `member.admit`: signed by the operator MC; the record is the new member's, at the roster's next index. */
export const AdmitBody = z.strictObject({
  record: MemberRecord,
  admission: z.array(AdmissionSignature).min(1).max(60),
});
/** `member.addKey`: signed by an old key of the member (role maker, checker or admin); the new key proves itself over `admissionBytes(key)`. */
export const AddKeyBody = z.strictObject({ key: MemberKey, admission: AdmissionSignature });
/** `member.revokeKey`: signed by a key of the member, or by the operator MC for a key of another member. */
export const RevokeKeyBody = z.strictObject({ member: MemberId, keyId: KeyId, reason: z.string().max(200) });
/** `member.setStatus`: signed by the operator MC. */
export const SetStatusBody = z.strictObject({
  member: MemberId,
  status: z.enum(['active', 'suspended']),
  reason: z.string().max(200),
});
/** `member.setSoloLimit`: signed by the member MC; at most the rule pack's maximum. */
export const SetSoloLimitBody = z.strictObject({ soloLimitFen: FenString });

/** Context of all of them: the subject's current record (null when admitting) with the proof of its place in its host's roster. */
export const RosterContext = z.strictObject({
  record: MemberRecord.nullable(),
  proof: z.array(z.string().max(64)).length(20),
});
