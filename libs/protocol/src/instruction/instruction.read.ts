import { deriveId, hashSecret } from '@tallystick/crypto';
import { recordHash } from '../wire/record-hash';
import { CALLS, type BodyOf, type CallName, type SecretOf } from './calls';
import type { Unsigned } from './instruction.build';
import { InstructionSchema, SecretSchema, type Instruction } from './instruction';

/** Body and secret of an instruction do not belong together; `field` names the part that does not recompute. */
export class InstructionMismatch extends Error {
  constructor(readonly field: string) {
    super(`the instruction does not match its secret or opening: ${field}`);
    this.name = 'InstructionMismatch';
  }
}

/** Throws unless the two texts (a commitment as signed and as recomputed) are the same. @throws InstructionMismatch */
export function same(field: string, signed: unknown, recomputed: unknown): void {
  if (signed !== recomputed) throw new InstructionMismatch(field);
}

/** A clear value that the reader must have been given. @throws InstructionMismatch when it is missing. */
export function need<T>(field: string, value: T | undefined | null): T {
  if (value === undefined || value === null) throw new InstructionMismatch(field);
  return value;
}

/** A parsed call: what stands in the instruction, before its commitments are recomputed. */
export interface Opened<N extends CallName> {
  instruction: Instruction;
  body: BodyOf<N>;
  secret: SecretOf<N>;
  /** Id of the index-th record that it makes. */
  id: (index: number) => string;
}

/**
 * Parses an instruction of the call `call` and checks that the secret is the one that its signers sign.
 * @throws InstructionMismatch for another call or secret; ZodError for another shape
 */
export function open<N extends CallName>(call: N, unsigned: Unsigned): Opened<N> {
  const instruction = InstructionSchema.parse(unsigned.instruction);
  same('fn', `${instruction.contract}.${instruction.fn}`, call);
  const schema = CALLS[call];
  const secret = unsigned.secret === null ? null : SecretSchema.parse(unsigned.secret);
  if ((schema.secret === null) !== (secret === null)) throw new InstructionMismatch('secret');
  same(
    'secretHash',
    instruction.secretHash,
    secret === null ? null : hashSecret({ salt: secret.salt, secret: secret.value }),
  );
  return {
    instruction,
    body: schema.body.parse(instruction.body) as BodyOf<N>,
    secret: (schema.secret === null || secret === null ? null : schema.secret.parse(secret.value)) as SecretOf<N>,
    id: (index) => deriveId({ member: instruction.member, instructionId: instruction.id, index }),
  };
}

/** Checks that a record shown to the signer is the one the instruction expects. @throws InstructionMismatch */
export function checkExpected(instruction: Instruction, key: string, record: unknown): void {
  same(`expects.${key}`, instruction.expects[key], recordHash(record));
}
