import { z } from 'zod';
import { Hash, Instant, MemberId } from '../wire/scalars';
import { CertificateOpening } from '../certificate/certificate.records';
import { HoldingOpening } from '../holding/holding.records';
import { InstructionSchema, SecretSchema, SignatureRoleSchema, SignatureSchema } from '../instruction/instruction';

/** Commands that a person gives; each becomes an operation with one or several steps on the ledger. */
export const OPERATION_KINDS = [
  'certificate.issue',
  'certificate.accept',
  'certificate.decline',
  'certificate.withdraw',
  'transfer.offer',
  'transfer.accept',
  'transfer.decline',
  'transfer.withdraw',
  'financing.apply',
  'financing.quote',
  'financing.withdrawQuote',
  'financing.refuse',
  'financing.acceptQuote',
  'financing.approve',
  'financing.sign',
  'financing.disburse',
  'financing.withdraw',
  'financing.reject',
  'line.grant',
  'line.change',
  'settlement.prepare',
  'member.admit',
  'member.addKey',
  'member.revokeKey',
  'member.setStatus',
  'member.setSoloLimit',
  'network.moveClock',
  'network.publishRulePack',
  'instruction.void',
] as const;
export const OperationKind = z.enum(OPERATION_KINDS);
export type OperationKind = z.infer<typeof OperationKind>;

/**
 * `toSign` waits for the first signature, `toCheck` for further ones; `queued` is signed and on its way, `submitted` ordered,
 * `unknown` ordered without a known end; the rest are ends. `recorded`: the projection has the block.
 */
export const OperationState = z.enum([
  'toSign',
  'toCheck',
  'queued',
  'submitted',
  'recorded',
  'refused',
  'unknown',
  'returned',
  'cancelled',
  'expired',
]);
export type OperationState = z.infer<typeof OperationState>;

/** States in which an operation stays. */
export const FINAL_STATES: readonly OperationState[] = ['recorded', 'refused', 'returned', 'cancelled', 'expired'];

export const StepState = z.enum(['waiting', 'queued', 'submitted', 'recorded', 'refused', 'unknown', 'dropped']);
export type StepState = z.infer<typeof StepState>;

/** Money on the HTTP wire: at most two decimals, no sign, no exponent. */
export const Money = z.strictObject({
  amount: z.string().regex(/^(0|[1-9][0-9]{0,14})(\.[0-9]{1,2})?$/, 'amount'),
  currency: z.literal('CNY'),
});
export type Money = z.infer<typeof Money>;

/** A member as shown to people. */
export const PartyRef = z.strictObject({ id: z.string(), name: z.string(), nameEn: z.string() });
export type PartyRef = z.infer<typeof PartyRef>;

/** Who writes a step's instruction; see the builders' `Author`. */
export const AuthorSchema = z.strictObject({
  networkId: z.string().max(64),
  channel: z.string().max(64),
  chaincode: z.string().max(64),
  member: MemberId,
  rulePack: z.string().max(64),
  issuedAt: Instant,
  notAfter: Instant,
  instructionId: z.uuidv7(),
});

/** Openings that a step refers to; whoever signs proves them against `records` before believing them. */
export const KnownOpenings = z.strictObject({
  certificate: CertificateOpening.optional(),
  holding: HoldingOpening.optional(),
});
export type KnownOpenings = z.infer<typeof KnownOpenings>;

/** What one signature of a person leads to: one instruction on the ledger. */
export const StepSchema = z.strictObject({
  contract: z.string().max(32),
  fn: z.string().max(32),
  state: StepState,
  author: AuthorSchema,
  /** Public records that the signer saw, by record key; their hashes become the instruction's `expects`. */
  records: z.record(z.string().max(300), z.unknown()),
  /** Clear arguments of the call's builder; fen as decimal-integer strings. */
  input: z.record(z.string(), z.unknown()),
  known: KnownOpenings,
  /** Both once the maker has signed. */
  instruction: InstructionSchema.nullable(),
  secret: SecretSchema.nullable(),
  outcome: z.strictObject({ txId: z.string(), block: z.string(), at: z.string() }).nullable(),
  refusal: z.record(z.string(), z.unknown()).nullable(),
});
export type Step = z.infer<typeof StepSchema>;

/** An issuer's signature on a certificate's public promise, by the key and in the role of the signature beside it. */
export const StepUndertaking = z.strictObject({ certificate: Hash, sig: z.string().regex(/^[0-9a-f]{128}$/) });

export const StepSignature = z.strictObject({
  /** The maker's, who built them; left out by those who sign the same after. */
  instruction: InstructionSchema.optional(),
  secret: SecretSchema.nullable().optional(),
  signature: SignatureSchema,
  undertakings: z.array(StepUndertaking).max(50).optional(),
});
export type StepSignature = z.infer<typeof StepSignature>;

/** Body of `POST /operations/:id/signatures`: one entry per step, in order. */
export const SignatureForm = z.strictObject({
  role: SignatureRoleSchema.exclude(['service']),
  steps: z.array(StepSignature).min(1).max(20),
});
export type SignatureForm = z.infer<typeof SignatureForm>;

/** Whether the caller may do something now, and if not, why, in the reader's language. */
export const Permission = z.strictObject({
  allowed: z.boolean(),
  code: z.string().optional(),
  reason: z.string().optional(),
});
export type Permission = z.infer<typeof Permission>;

/** The resource that every command answers with and that a person follows. */
export const OperationSchema = z.strictObject({
  id: z.string(),
  kind: OperationKind,
  state: OperationState,
  member: PartyRef,
  createdBy: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  deadline: z.string().nullable(),
  /** Rises with every change; a signature names the one it saw by signing its content. */
  version: z.int(),
  summary: z.strictObject({
    amount: Money.optional(),
    counterparty: PartyRef.optional(),
    certificateNo: z.string().optional(),
    subject: z.strictObject({ type: z.string(), id: z.string() }),
  }),
  form: z.record(z.string(), z.unknown()),
  signatures: z.array(z.strictObject({ role: SignatureRoleSchema, user: z.string(), at: z.string() })),
  needs: z.array(SignatureRoleSchema),
  note: z.string().nullable(),
  steps: z.array(StepSchema),
  can: z.strictObject({
    sign: Permission.extend({ role: SignatureRoleSchema.optional() }),
    return: Permission,
    cancel: Permission,
    void: Permission,
  }),
});
export type Operation = z.infer<typeof OperationSchema>;
