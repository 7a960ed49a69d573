import { z } from 'zod';
import { InstructionSchema, SignatureSchema } from '../instruction/instruction';
import { MemberId } from '../wire/scalars';

/**
 * `MemberAct/<member>`: the signed instruction that gave the member what its record says last: its admission (by the operator,
 * with the signatures of the member's own keys), a key, or a limit (by the member). Public, so that every reader verifies it.
 */
export const MemberActRecord = z.strictObject({
  schema: z.literal(1),
  member: MemberId,
  instruction: InstructionSchema,
  signatures: z.array(SignatureSchema).min(1).max(6),
});
export type MemberActRecord = z.infer<typeof MemberActRecord>;
