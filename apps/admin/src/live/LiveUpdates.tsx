import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { concerns, resourceOf } from './notice';
import { reportLive } from './reachability';

/** Several notices come with one block; they are answered together. */
const GATHER_MS = 300;
/** A reconnect within this time is not worth telling. */
const PATIENCE_MS = 4_000;

/** Keeps what is on screen fresh while somebody is signed in. Draws nothing. */
export function LiveUpdates() {
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource('/api/v1/events');
    const waiting = new Set<string>();
    let gather: number | undefined;
    let patience: number | undefined;

    const refresh = () => {
      gather = undefined;
      const resources = [...waiting];
      waiting.clear();
      void client.invalidateQueries({ predicate: ({ queryKey }) => resources.some((one) => concerns(queryKey, one)) });
    };
    const hear = ({ data }: MessageEvent<string>) => {
      const resource = resourceOf(data);
      if (resource === null) return;
      waiting.add(resource);
      gather ??= window.setTimeout(refresh, GATHER_MS);
    };
    source.addEventListener('notice', hear);
    source.addEventListener('message', hear);
    source.addEventListener('open', () => {
      window.clearTimeout(patience);
      patience = undefined;
      reportLive(true);
    });
    source.addEventListener('error', () => {
      patience ??= window.setTimeout(() => {
        reportLive(false);
      }, PATIENCE_MS);
    });
    return () => {
      source.close();
      window.clearTimeout(gather);
      window.clearTimeout(patience);
      reportLive(true);
    };
  }, [client]);
  return null;
}
