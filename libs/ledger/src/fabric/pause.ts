import { setTimeout as sleep } from 'node:timers/promises';

/** Waits between `ms / 2` and `ms`, so that those who failed together do not come back together. Ends at once when aborted. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  // Spreads load; no rule of the product depends on it.
  await sleep(ms * (0.5 + Math.random() / 2), undefined, signal && { signal }).catch(() => undefined);
}

/** The `attempt`-th pause (from 0) of a row that doubles from `firstMs` up to `mostMs`. */
export function backoff(attempt: number, firstMs: number, mostMs: number): number {
  return Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 20));
}
