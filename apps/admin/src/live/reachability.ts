import { useSyncExternalStore } from 'react';

/** What we know of the way to the gateway: from the last request and from the stream of events. */
interface Reachability {
  reached: boolean;
  live: boolean;
}

let state: Reachability = { reached: true, live: true };
const listeners = new Set<() => void>();

function change(next: Partial<Reachability>): void {
  const merged = { ...state, ...next };
  if (merged.reached === state.reached && merged.live === state.live) return;
  state = merged;
  for (const listener of listeners) listener();
}

/** Says whether the last request was answered at all. */
export const reportReached = (reached: boolean): void => {
  change({ reached });
};

/** Says whether the stream of events is open. */
export const reportLive = (live: boolean): void => {
  change({ live });
};

export function useReachability(): Reachability {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}
