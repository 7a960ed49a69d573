import { z } from 'zod';
import { Hash, Instant, InstructionId, KeyId, MemberId, MspId, SignatureHex } from '../wire/scalars';
import { MemberRecord } from '../member/member.records';

export const SignatureRoleSchema = z.enum(['maker', 'checker', 'risk', 'service']);

/**
 * What a person (or a service) signs (`ledger.md` §3.1). `body` names ids and commitments and goes wherever the openings go;
 * values that fewer readers may see stand in the secret, bound by `secretHash`.
 */
export const InstructionSchema = z.strictObject({
  v: z.literal(1),
  suite: z.literal('ES256'),
  networkId: z.string().min(1).max(64),
  channel: z.string().min(1).max(64),
  chaincode: z.string().min(1).max(64),
  contract: z.string().min(1).max(32),
  fn: z.string().min(1).max(32),
  member: MemberId,
  id: InstructionId,
  issuedAt: Instant,
  notAfter: Instant,
  rulePack: z.string().min(1).max(64),
  /** Hash of the canonical JSON of each record that the signer saw, by its record key. */
  expects: z.record(z.string().max(300), Hash),
  body: z.record(z.string(), z.unknown()),
  secretHash: Hash.nullable(),
});
export type Instruction = z.infer<typeof InstructionSchema>;

export const SignatureSchema = z.strictObject({
  role: SignatureRoleSchema,
  keyId: KeyId,
  kind: z.literal('raw'),
  sig: SignatureHex,
});
export type InstructionSignature = z.infer<typeof SignatureSchema>;

export const SecretSchema = z.strictObject({
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  value: z.record(z.string(), z.unknown()),
});
export type Secret = z.infer<typeof SecretSchema>;

export const SignedInstructionSchema = z.strictObject({
  instruction: InstructionSchema,
  secret: SecretSchema.nullable(),
  signatures: z.array(SignatureSchema).min(1).max(6),
});
export type SignedInstruction = z.infer<typeof SignedInstructionSchema>;

/** Instructions as they are shown with the openings of what they made, never with their secrets. */
export const BehindSchema = z
  .array(z.strictObject({ instruction: InstructionSchema, signatures: z.array(SignatureSchema) }))
  .max(50);
export type Behind = z.infer<typeof BehindSchema>;

/** A member's record with its place under its host's roster root, so that the record itself is never read (members in the shadow). */
export const MemberProofSchema = z.strictObject({
  record: MemberRecord,
  proof: z.array(z.string().max(64)).length(20),
});
export type MemberProof = z.infer<typeof MemberProofSchema>;

/** Transient field that carries the request, and the only public argument of every submitted function. */
export const REQUEST_FIELD = 'request';
export const PUBLIC_ARGUMENT = '{"v":1}';

/**
 * The transient request of every state-changing function. `context` is unsigned: openings that are proved by the commitments on the
 * ledger, and salts for commitments that the submitting gateway makes (credit line, occupancy).
 */
export const RequestSchema = z.strictObject({
  v: z.literal(1),
  instructions: z.array(SignedInstructionSchema).max(50),
  members: z.array(MemberProofSchema).max(120),
  readers: z.array(MspId).max(8),
  context: z.record(z.string(), z.unknown()),
});
export type Request = z.infer<typeof RequestSchema>;

/** `Instruction/<key>`: what became of an instruction; exists once it was applied or voided. */
export const InstructionRecord = z.strictObject({
  schema: z.literal(1),
  hash: Hash,
  outcome: z.string().max(20_000),
  voided: z.boolean(),
});
export type InstructionRecord = z.infer<typeof InstructionRecord>;

/** Public answer of a function, stored and fresh alike: the instructions applied and the ids of records made, in body order. */
export const OutcomeSchema = z.strictObject({ applied: z.array(Hash), ids: z.array(z.string().max(100)) });
export type AppliedOutcome = z.infer<typeof OutcomeSchema>;

/** The one event of a transaction: public content only. */
export const APPLIED_EVENT = 'applied';
export const AppliedEventSchema = z.strictObject({
  contract: z.string(),
  fn: z.string(),
  instructions: z.array(Hash),
  keys: z.array(z.string()),
});
export type AppliedEvent = z.infer<typeof AppliedEventSchema>;
