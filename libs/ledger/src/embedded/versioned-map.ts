/** Height at which a key was written: block number, and position in the block. */
export interface Height {
  block: number;
  tx: number;
}

interface Entry<V> {
  /** Undefined: deleted at this height. */
  value: V | undefined;
  version: Height;
  older: Entry<V> | undefined;
}

/**
 * A map that remembers older values for as long as somebody may still read them: so a simulation, or a peer that
 * lags, sees one committed height throughout, while newer blocks are applied.
 */
export class VersionedMap<V> {
  private readonly entries = new Map<string, Entry<V>>();
  /** Keys with something to forget, in the order of the blocks that superseded it. */
  private superseded: { key: string; block: number }[] = [];

  /** The value as a peer of that height (number of committed blocks) has it. */
  get(key: string, height: number): { value: V; version: Height } | undefined {
    let entry = this.entries.get(key);
    while (entry !== undefined && entry.version.block >= height) entry = entry.older;
    return entry?.value === undefined ? undefined : { value: entry.value, version: entry.version };
  }

  /** Sets or (undefined) deletes. Versions must not go down. */
  put(key: string, value: V | undefined, version: Height): void {
    const older = this.entries.get(key);
    this.entries.set(key, { value, version, older });
    if (older !== undefined || value === undefined) this.superseded.push({ key, block: version.block });
  }

  /** Forgets what no reader at `oldestHeight` or above can see. */
  forgetBefore(oldestHeight: number): void {
    let done = 0;
    for (const { key, block } of this.superseded) {
      if (block >= oldestHeight) break;
      this.forgetKeyBefore(key, oldestHeight);
      done += 1;
    }
    if (done > 0) this.superseded = this.superseded.slice(done);
  }

  private forgetKeyBefore(key: string, oldestHeight: number): void {
    const newest = this.entries.get(key);
    if (newest === undefined) return;
    let entry = newest;
    while (entry.version.block >= oldestHeight && entry.older !== undefined) entry = entry.older;
    if (entry.version.block < oldestHeight) entry.older = undefined;
    if (entry === newest && entry.value === undefined && entry.version.block < oldestHeight) this.entries.delete(key);
  }
}
