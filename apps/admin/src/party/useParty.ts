import { useQueries, useQuery } from '@tanstack/react-query';
import { getMember } from '../api/reads';
import type { Member } from '../api/types';
import { recordKey } from '../data/record-key';

const KEPT_MS = 5 * 60_000;

const memberQuery = (id: string) => ({
  queryKey: recordKey('members', id),
  queryFn: ({ signal }: { signal: AbortSignal }) => getMember(id, signal),
  staleTime: KEPT_MS,
});

/** The directory's entry of a member; undefined while it loads. */
export function useParty(id: string): Member | undefined {
  return useQuery(memberQuery(id)).data;
}

/** Entries of several members, by id; those not found or not loaded are missing. */
export function useParties(ids: readonly string[]): ReadonlyMap<string, Member> {
  return useQueries({
    queries: [...new Set(ids)].map(memberQuery),
    combine: (results) =>
      new Map(results.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data] as const]))),
  });
}
