import type { Height } from './versioned-map';

/** `[block, tx]`; null: the key did not exist. */
export type ReadVersion = [number, number] | null;

/** What a simulation read and wrote, in the form that is signed and ordered: sorted, JSON, bytes as base64. */
export interface ReadWriteSet {
  reads: { key: string; version: ReadVersion }[];
  /** `value: null` deletes. */
  writes: { key: string; value: string | null }[];
  policies: { key: string; policy: string }[];
  hashedReads: { collection: string; keyHash: string; version: ReadVersion }[];
  hashedWrites: { collection: string; keyHash: string; valueHash: string | null }[];
}

/** A clear private write: travels beside the transaction, to the collection's owner only. */
export interface PrivateWrite {
  collection: string;
  key: string;
  value: Buffer | null;
}

export function readVersion(version: Height | undefined): ReadVersion {
  return version === undefined ? null : [version.block, version.tx];
}

export function sameVersion(read: ReadVersion, committed: Height | undefined): boolean {
  if (read === null || committed === undefined) return read === null && committed === undefined;
  return read[0] === committed.block && read[1] === committed.tx;
}

/** Entries of a map in the order of their keys, so that all endorsers give the same bytes. */
export function sorted<V>(map: ReadonlyMap<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
