import type { RefusalCode } from './codes';
import { MISSING_DETAIL, refusalMessage } from './message';
import type { Outcome, Refusal } from './refusal';

/** For specs: the refusal of an outcome, of this code, with every placeholder of its messages filled. */
export function expectRefusal(outcome: Outcome<unknown>, code: RefusalCode): Refusal {
  if (outcome.ok) throw new Error(`expected ${code}, but it was accepted`);
  expect(outcome.refusal.code).toBe(code);
  for (const language of ['zh', 'en'] as const) {
    expect(refusalMessage(outcome.refusal, language)).not.toContain(MISSING_DETAIL);
  }
  return outcome.refusal;
}

/** For specs: the value of an outcome that must be accepted. */
export function expectAccepted<T>(outcome: Outcome<T>): T {
  if (!outcome.ok)
    throw new Error(`refused: ${refusalMessage(outcome.refusal, 'en')} ${JSON.stringify(outcome.refusal)}`);
  return outcome.value;
}
