import { compose, type Authoring, type Unsigned } from '../instruction/instruction.build';
import type { RulePackRecord } from './network.records';

/** `network.moveClock` (trial networks), by the operator: milliseconds that business time is ahead of the timestamp. */
export const buildMoveClock = (input: Authoring & { offsetMs: number }): Unsigned =>
  compose('network.moveClock', input, { offsetMs: input.offsetMs }, null);

/** `network.publishRulePack`, by the operator: in force from a business instant. */
export const buildPublishRulePack = (input: Authoring & { rulePack: RulePackRecord; from: string }): Unsigned =>
  compose('network.publishRulePack', input, { rulePack: input.rulePack, from: input.from }, null);

/** `network.flag`, by an organisation's service: a record whose authority does not verify. */
export const buildFlag = (input: Authoring & { recordKey: string; reason: string }): Unsigned =>
  compose('network.flag', input, { recordKey: input.recordKey, reason: input.reason }, null);

/** `instruction.voidInstruction`: ends the author's instruction `id`, unless it was applied before. */
export const buildVoid = (input: Authoring & { id: string }): Unsigned =>
  compose('instruction.voidInstruction', input, { id: input.id }, null);
