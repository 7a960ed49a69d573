import { bundleHash } from '../wire/record-hash';
import { compose, type Authoring, type Unsigned } from '../instruction/instruction.build';
import { open, same } from '../instruction/instruction.read';
import type { Bundle } from './bundle';

/** `deposit.openings`, by a reader's service: gives organisation `to` its copy of openings. */
export const buildDeposit = (input: Authoring & { to: string; bundle: Bundle }): Unsigned =>
  compose('deposit.openings', input, { to: input.to, bundle: bundleHash(input.bundle) }, { bundle: input.bundle });

/** What a deposit says in clear. @throws InstructionMismatch when the bundle is not the one signed */
export function readDeposit(unsigned: Unsigned) {
  const { instruction, body, secret } = open('deposit.openings', unsigned);
  same('bundle', body.bundle, bundleHash(secret.bundle));
  return { member: instruction.member, to: body.to, bundle: secret.bundle };
}
