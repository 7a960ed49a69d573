import { parseRecordKey, recordHash, type Instruction } from '@tallystick/protocol';
import { Refused } from '../refusal/refused';
import type { State } from '../state/state';

const MAX_EXPECTATIONS = 100;

/**
 * What the signer saw must still stand (TOCTOU, X25).
 * @throws Refused EXPECTATION_FAILED naming the record type; BAD_INPUT for a key that is no record of ours, for a member's
 * own record (reading it would say in public who acts) or for more than 100 of them
 */
export async function requireExpected(state: State, { expects, contract }: Instruction): Promise<void> {
  const entries = Object.entries(expects);
  if (entries.length > MAX_EXPECTATIONS) throw new Refused('BAD_INPUT', { field: 'instruction.expects' });
  for (const [key, hash] of entries) {
    const record = parseRecordKey(key);
    if (record === null || (record.type === 'Member' && contract !== 'member')) {
      throw new Refused('BAD_INPUT', { field: 'instruction.expects' });
    }
    const text = await state.text(key);
    if (text === null || recordHash(JSON.parse(text)) !== hash) {
      throw new Refused('EXPECTATION_FAILED', { record: record.type });
    }
  }
}
