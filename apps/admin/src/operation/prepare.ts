import { randomHex } from '@tallystick/crypto';
import {
  buildSteps,
  checkSteps,
  explainSteps,
  FormMismatch,
  InstructionMismatch,
  signSteps,
  unsignedOf,
  type Operation,
  type SignatureForm,
  type Unsigned,
} from '@tallystick/protocol';
import type { HeldKey } from '../auth/signer';
import { describe, type Description } from './describe';

export type SigningRole = SignatureForm['role'];

/** What a person is about to sign: the instructions themselves, and what they say. */
export interface Prepared {
  role: SigningRole;
  /** Whether this person writes the instructions; those who sign after find them written. */
  first: boolean;
  unsigned: Unsigned[];
  says: Description[];
}

/** What would be signed does not say what was asked; `field` is where. */
export class NotAsAsked extends Error {
  constructor(readonly field: string) {
    super(`not as asked: ${field}`);
    this.name = 'NotAsAsked';
  }
}

/**
 * Makes an operation ready for this person's signature. The first signer's browser builds the instructions from what was
 * asked; for those after, the written ones are built again from the same and compared. Either way, what is shown comes
 * out of the very bytes that will be signed.
 * @throws NotAsAsked when they differ or do not recompute
 */
export function prepare(operation: Operation): Prepared {
  const { steps, can } = operation;
  const first = steps.every(({ instruction }) => instruction === null);
  try {
    const unsigned = first ? buildSteps(steps, randomHex) : unsignedOf(steps);
    if (!first) checkSteps(steps, unsigned, randomHex);
    return {
      role: (can.sign.role as SigningRole | undefined) ?? 'maker',
      first,
      unsigned,
      says: explainSteps(steps, unsigned).map((one, index) =>
        describe(one, unsigned[index]?.instruction.issuedAt ?? ''),
      ),
    };
  } catch (error) {
    if (error instanceof FormMismatch || error instanceof InstructionMismatch) throw new NotAsAsked(error.field);
    throw error;
  }
}

/** The body of `POST /operations/:id/signatures`. */
export async function sign({ unsigned, role, first }: Prepared, { keyId, signer }: HeldKey): Promise<SignatureForm> {
  return { role, steps: await signSteps(unsigned, { role, keyId, signer }, first) };
}
