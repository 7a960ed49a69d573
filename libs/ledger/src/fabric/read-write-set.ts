import { ledger } from '@hyperledger/fabric-protos';
import type { Tx } from '../port';

const { kvrwset, TxReadWriteSet } = ledger.rwset;
/** Name under which Fabric keeps a key's endorsement policy. */
const policyEntry = 'VALIDATION_PARAMETER';

export type PublicEffects = Pick<Tx, 'reads' | 'writes' | 'policies' | 'privateHashes'>;

/** What a transaction read and wrote in the chaincode's namespace. @throws Error when the bytes are no such set */
export function publicEffects(bytes: Uint8Array, chaincode: string): PublicEffects {
  const effects: PublicEffects = { reads: [], writes: [], policies: [], privateHashes: [] };
  for (const space of TxReadWriteSet.deserializeBinary(bytes).getNsRwsetList()) {
    if (space.getNamespace() !== chaincode) continue;
    const set = kvrwset.KVRWSet.deserializeBinary(space.getRwset_asU8());
    effects.reads.push(...set.getReadsList().map(readOf));
    effects.writes.push(...set.getWritesList().map(writeOf));
    effects.policies.push(...set.getMetadataWritesList().flatMap(policiesOf));
    effects.privateHashes.push(...space.getCollectionHashedRwsetList().flatMap(hashesOf));
  }
  return effects;
}

/** The clear private writes of one transaction that came with a block. */
export function privateEffects(set: ledger.rwset.TxPvtReadWriteSet, chaincode: string): Tx['privateWrites'] {
  return set
    .getNsPvtRwsetList()
    .filter((space) => space.getNamespace() === chaincode)
    .flatMap((space) => space.getCollectionPvtRwsetList())
    .flatMap((collection) =>
      kvrwset.KVRWSet.deserializeBinary(collection.getRwset_asU8())
        .getWritesList()
        .map(writeOf)
        .map(({ key, value }) => ({ collection: collection.getCollectionName(), key, value })),
    );
}

function readOf(read: ledger.rwset.kvrwset.KVRead): Tx['reads'][number] {
  const version = read.getVersion();
  return {
    key: read.getKey(),
    version: version === undefined ? null : { block: BigInt(version.getBlockNum()), tx: version.getTxNum() },
  };
}

function writeOf(write: ledger.rwset.kvrwset.KVWrite): Tx['writes'][number] {
  const isDelete = write.getIsDelete();
  return { key: write.getKey(), value: isDelete ? null : Buffer.from(write.getValue_asU8()), isDelete };
}

function policiesOf(write: ledger.rwset.kvrwset.KVMetadataWrite): Tx['policies'] {
  return write
    .getEntriesList()
    .filter((entry) => entry.getName() === policyEntry)
    .map((entry) => ({ key: write.getKey(), policy: Buffer.from(entry.getValue_asU8()) }));
}

function hashesOf(collection: ledger.rwset.CollectionHashedReadWriteSet): Tx['privateHashes'] {
  const set = kvrwset.HashedRWSet.deserializeBinary(collection.getHashedRwset_asU8());
  return set.getHashedWritesList().map((write) => {
    const isDelete = write.getIsDelete() || write.getIsPurge();
    return {
      collection: collection.getCollectionName(),
      keyHash: hex(write.getKeyHash_asU8()),
      valueHash: isDelete ? null : hex(write.getValueHash_asU8()),
      isDelete,
    };
  });
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
