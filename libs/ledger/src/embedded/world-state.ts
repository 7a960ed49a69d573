import { createHash } from 'node:crypto';
import { type Height, VersionedMap } from './versioned-map';

/** A public record: value and the key-level endorsement policy (null: the chaincode's applies). */
export interface PublicRecord {
  value: Buffer;
  policy: Buffer | null;
}

/** A private record. All organisations have the hash; the value is read only through its owner's peer. */
export interface PrivateRecord {
  valueHash: Buffer;
  value: Buffer;
}

export interface PublicChange {
  key: string;
  record: PublicRecord | undefined;
  version: Height;
}

export interface PrivateChange {
  collection: string;
  /** Hex SHA-256 of the key. */
  keyHash: string;
  record: PrivateRecord | undefined;
  version: Height;
}

export interface StateChanges {
  publicChanges: PublicChange[];
  privateChanges: PrivateChange[];
}

/** The committed state of the channel, readable at every height that some peer still stands at. Wholly in memory. */
export class WorldState {
  private readonly publicRecords = new VersionedMap<PublicRecord>();
  private readonly privateRecords = new VersionedMap<PrivateRecord>();

  apply(changes: StateChanges): void {
    for (const { key, record, version } of changes.publicChanges) this.publicRecords.put(key, record, version);
    for (const { collection, keyHash, record, version } of changes.privateChanges)
      this.privateRecords.put(privateKey(collection, keyHash), record, version);
  }

  forgetBefore(height: number): void {
    this.publicRecords.forgetBefore(height);
    this.privateRecords.forgetBefore(height);
  }

  /** What a peer of that height (number of committed blocks) has. */
  at(height: number): Snapshot {
    return {
      height,
      publicRecord: (key) => this.publicRecords.get(key, height),
      privateRecord: (collection, keyHash) => this.privateRecords.get(privateKey(collection, keyHash), height),
    };
  }
}

export interface Snapshot {
  readonly height: number;
  publicRecord(key: string): { value: PublicRecord; version: Height } | undefined;
  privateRecord(collection: string, keyHash: string): { value: PrivateRecord; version: Height } | undefined;
}

export function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}

function privateKey(collection: string, keyHash: string): string {
  return `${collection}/${keyHash}`;
}
