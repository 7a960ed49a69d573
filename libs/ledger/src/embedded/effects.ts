import { collectionOwner } from '@tallystick/protocol';
import { ValidationCodes } from '../port';
import type { Transaction } from './envelope';
import type { StoredPrivateWrite, Validation } from './stored-block';
import { type PublicRecord, sha256, type Snapshot, type StateChanges } from './world-state';

export interface BlockEffects {
  changes: StateChanges;
  privateWrites: StoredPrivateWrite[];
}

/** What the valid transactions of a block change, in order. */
export function effectsOf(
  block: number,
  transactions: readonly Transaction[],
  validations: readonly Validation[],
  committed: Snapshot,
): BlockEffects {
  const effects: BlockEffects = { changes: { publicChanges: [], privateChanges: [] }, privateWrites: [] };
  const pending = new Map<string, PublicRecord | undefined>();
  const current = (key: string) => (pending.has(key) ? pending.get(key) : committed.publicRecord(key)?.value);

  transactions.forEach((transaction, tx) => {
    if (validations[tx]?.code !== ValidationCodes.valid) return;
    for (const [key, record] of publicEffects(transaction, current)) {
      pending.set(key, record);
      effects.changes.publicChanges.push({ key, record, version: { block, tx } });
    }
    addPrivateEffects(effects, transaction, block, tx);
  });
  return effects;
}

/** A write keeps the key's policy, a delete drops it, and a policy for a key that does not exist is lost: as Fabric. */
function publicEffects(
  { payload: { results } }: Transaction,
  current: (key: string) => PublicRecord | undefined,
): Map<string, PublicRecord | undefined> {
  const records = new Map<string, PublicRecord | undefined>();
  for (const { key, value } of results.writes) {
    const record =
      value === null ? undefined : { value: Buffer.from(value, 'base64'), policy: current(key)?.policy ?? null };
    records.set(key, record);
  }
  for (const { key, policy } of results.policies) {
    const record = records.has(key) ? records.get(key) : current(key);
    if (record !== undefined) records.set(key, { value: record.value, policy: Buffer.from(policy, 'base64') });
  }
  return records;
}

function addPrivateEffects(effects: BlockEffects, transaction: Transaction, block: number, tx: number): void {
  for (const { collection, keyHash, valueHash } of transaction.payload.results.hashedWrites) {
    // A valid transaction carries its owner's endorsement, hence the owner's own copy of the data.
    const copies = transaction.privateWrites.get(collectionOwner(collection) ?? '') ?? [];
    const copy = copies.find(
      (write) => write.collection === collection && sha256(write.key).toString('hex') === keyHash,
    );
    if (copy === undefined) throw new Error(`private data of ${collection} are missing for a valid transaction`);
    effects.privateWrites.push({ tx, ...copy });
    const record =
      valueHash === null || copy.value === null
        ? undefined
        : { valueHash: Buffer.from(valueHash, 'hex'), value: copy.value };
    effects.changes.privateChanges.push({ collection, keyHash, record, version: { block, tx } });
  }
}
