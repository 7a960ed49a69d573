import { collectionOwner } from '@tallystick/protocol';
import { knownPolicy } from './policy';
import { type PrivateWrite, type ReadVersion, type ReadWriteSet, readVersion, sorted } from './read-write-set';
import { sha256, type Snapshot } from './world-state';

const validationParameter = 'VALIDATION_PARAMETER';
const nothing = Buffer.alloc(0);

/**
 * One run of a contract function at one organisation's peer. It is the shim's "handler": it answers reads from the
 * committed snapshot (never from its own writes, as Fabric) and records what was read and written.
 */
export class Simulation {
  private readonly reads = new Map<string, ReadVersion>();
  private readonly writes = new Map<string, Buffer | null>();
  private readonly policies = new Map<string, Buffer>();
  private readonly hashedReads = new Map<string, { collection: string; keyHash: string; version: ReadVersion }>();
  private readonly privateWriteByKey = new Map<string, PrivateWrite & { keyHash: string }>();

  constructor(
    private readonly snapshot: Snapshot,
    private readonly peerMsp: string,
    /** Of the client that asks. */
    private readonly creatorMsp: string,
  ) {}

  results(): ReadWriteSet {
    return {
      reads: sorted(this.reads).map(([key, version]) => ({ key, version })),
      writes: sorted(this.writes).map(([key, value]) => ({ key, value: value?.toString('base64') ?? null })),
      policies: sorted(this.policies).map(([key, policy]) => ({ key, policy: policy.toString('base64') })),
      hashedReads: sorted(this.hashedReads).map(([, read]) => read),
      hashedWrites: sorted(this.privateWriteByKey).map(([, { collection, keyHash, value }]) => ({
        collection,
        keyHash,
        valueHash: value === null ? null : sha256(value).toString('hex'),
      })),
    };
  }

  privateWrites(): PrivateWrite[] {
    return sorted(this.privateWriteByKey).map(([, { collection, key, value }]) => ({ collection, key, value }));
  }

  handleGetState(collection: string, key: string): Promise<Buffer> {
    return settled(() => (collection === '' ? this.publicValue(key) : this.privateValue(collection, key)));
  }

  handlePutState(collection: string, key: string, value: Uint8Array): Promise<void> {
    // An empty value is a delete for Fabric too.
    return settled(() => this.write(collection, key, value.length === 0 ? null : Buffer.from(value)));
  }

  handleDeleteState(collection: string, key: string): Promise<void> {
    return settled(() => this.write(collection, key, null));
  }

  handlePutStateMetadata(collection: string, key: string, name: string, value: Uint8Array): Promise<void> {
    return settled(() => {
      if (collection !== '' || name !== validationParameter) throw notSupported('metadata of private data');
      requireKey(key);
      knownPolicy(value);
      this.policies.set(key, Buffer.from(value));
    });
  }

  handleGetStateMetadata(collection: string, key: string): Promise<Record<string, Buffer>> {
    return settled(() => {
      if (collection !== '') throw notSupported('metadata of private data');
      const policy = this.read(key)?.policy;
      return policy ? { [validationParameter]: Buffer.from(policy) } : {};
    });
  }

  handleGetPrivateDataHash(collection: string, key: string): Promise<Buffer> {
    return settled(() => {
      const record = this.readHashed(collection, key);
      return record === undefined ? nothing : Buffer.from(record.valueHash);
    });
  }

  handleGetStateByRange(): Promise<never> {
    return Promise.reject(notSupported('range query'));
  }

  handleGetQueryResult(): Promise<never> {
    return Promise.reject(notSupported('rich query'));
  }

  handleGetHistoryForKey(): Promise<never> {
    return Promise.reject(notSupported('history of a key'));
  }

  handleInvokeChaincode(): Promise<never> {
    return Promise.reject(notSupported('call of another chaincode'));
  }

  handlePurgeState(): Promise<never> {
    return Promise.reject(notSupported('purge'));
  }

  private read(key: string) {
    requireKey(key);
    const found = this.snapshot.publicRecord(key);
    this.reads.set(key, readVersion(found?.version));
    return found?.value;
  }

  private publicValue(key: string): Buffer {
    const record = this.read(key);
    return record === undefined ? nothing : Buffer.from(record.value);
  }

  private readHashed(collection: string, key: string) {
    requireCollection(collection);
    const keyHash = sha256(key).toString('hex');
    const found = this.snapshot.privateRecord(collection, keyHash);
    this.hashedReads.set(`${collection}/${keyHash}`, { collection, keyHash, version: readVersion(found?.version) });
    return found?.value;
  }

  private privateValue(collection: string, key: string): Buffer {
    requireCollection(collection);
    const owner = collectionOwner(collection);
    // Fabric's words, both: only members read, and only where the data are.
    if (owner !== this.creatorMsp)
      throw new Error(
        `tx creator does not have read access permission on privatedata in collectionName: ${collection}`,
      );
    const record = this.readHashed(collection, key);
    if (record === undefined) return nothing;
    if (owner !== this.peerMsp) throw new Error('private data matching public hash version is not available');
    return Buffer.from(record.value);
  }

  private write(collection: string, key: string, value: Buffer | null): void {
    requireKey(key);
    if (collection === '') {
      this.writes.set(key, value);
      return;
    }
    requireCollection(collection);
    const keyHash = sha256(key).toString('hex');
    this.privateWriteByKey.set(`${collection}/${keyHash}`, { collection, key, keyHash, value });
  }
}

function requireKey(key: string): void {
  if (key === '') throw new Error('key must not be an empty string');
}

function requireCollection(collection: string): void {
  if (collectionOwner(collection) === undefined)
    throw notSupported(`collection ${collection}: only organisations’ own`);
}

function notSupported(what: string): Error {
  return new Error(`${what}: not supported by the embedded ledger`);
}

/** The shim awaits its handler: errors must come as rejections. */
function settled<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
