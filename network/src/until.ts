import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Tries until it works: processes that start, a leader that is elected.
 * @throws the last error when the patience (ms) is over
 */
export async function until<T>(patienceMs: number, attempt: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() >= deadline) throw error;
      await sleep(100);
    }
  }
}
