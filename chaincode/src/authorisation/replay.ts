import { instructionHash, type Instruction } from '@tallystick/protocol';
import { Refused } from '../refusal/refused';
import type { State } from '../state/state';

/**
 * The stored outcome of a request that was applied before, in the same canonical bytes, or null for a new one (T38, I10).
 * @throws Refused INSTRUCTION_VOIDED; INSTRUCTION_ID_REUSED for other content under a known id, or when only some of the
 * request's instructions were applied, for they happen together or not at all
 */
export async function storedOutcome(
  state: State,
  instructions: readonly { key: string; instruction: Instruction }[],
): Promise<string | null> {
  const outcomes: (string | null)[] = [];
  for (const { key, instruction } of instructions) {
    const record = await state.find('Instruction', key);
    if (record?.voided) throw new Refused('INSTRUCTION_VOIDED', { id: instruction.id });
    if (record !== null && record.hash !== instructionHash(instruction)) {
      throw new Refused('INSTRUCTION_ID_REUSED', { id: instruction.id });
    }
    outcomes.push(record === null ? null : record.outcome);
  }
  const [first = null] = outcomes;
  if (outcomes.some((outcome) => outcome !== first)) {
    throw new Refused('INSTRUCTION_ID_REUSED', { id: instructions[0]?.instruction.id ?? '' });
  }
  return first;
}
