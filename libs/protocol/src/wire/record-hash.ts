import { hashJson } from '@tallystick/crypto';
import type { Bundle } from '../deposit/bundle';
import type { Instruction } from '../instruction/instruction';

/** Hash of a record as `expects` names it: over the canonical JSON that stands in the channel state. */
export const recordHash = (record: unknown): string => hashJson('tallystick/record/1', record);

/** Hash of an instruction that its `Instruction/<key>` record keeps. */
export const instructionHash = (instruction: Instruction): string =>
  hashJson('tallystick/instruction-hash/1', instruction);

/** Hash by which `deposit.openings` names the bundle in its secret. */
export const bundleHash = (bundle: Bundle): string => hashJson('tallystick/bundle/1', bundle);
