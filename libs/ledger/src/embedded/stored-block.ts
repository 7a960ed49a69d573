import { collectionOwner } from '@tallystick/protocol';
import type { Envelope, Payload } from './envelope';
import { sha256 } from './world-state';
import type { Block, Tx } from '../port';

/** A block as the store keeps it. */
export interface StoredBlock {
  number: number;
  /** Hex; empty for block 0. */
  previousHash: string;
  dataHash: string;
  hash: string;
  /** JSON of `Envelope`, in order; block 0 holds the configuration of the network instead. */
  envelopes: string[];
  /** One per transaction; none in block 0. As in Fabric this is what committers found, not part of the hash. */
  validations: Validation[];
  /** Clear private writes of the valid transactions. */
  privateWrites: StoredPrivateWrite[];
}

export interface Validation {
  txId: string;
  code: number;
  endorsers: string[];
}

export interface StoredPrivateWrite {
  tx: number;
  collection: string;
  key: string;
  value: Buffer | null;
}

/** Hashes of a block that follows `previous`: SHA-256 over number, previous hash and the envelopes' hashes. */
export function linkBlock(number: number, previousHash: string, envelopes: readonly string[]) {
  const dataHash = sha256(Buffer.concat(envelopes.map(sha256))).toString('hex');
  const hash = sha256(`tallystick/embedded-block/1\0${number}\0${previousHash}\0${dataHash}`).toString('hex');
  return { number, previousHash, dataHash, hash };
}

/** @throws Error naming the first block that does not follow from `previous` */
export function requireLinked(block: StoredBlock, previous: StoredBlock | null): void {
  const expected = linkBlock((previous?.number ?? -1) + 1, previous?.hash ?? '', block.envelopes);
  if (block.number !== expected.number || block.previousHash !== expected.previousHash || block.hash !== expected.hash)
    throw new Error(`ledger is damaged: block ${block.number} does not follow from the one before`);
}

/** The block as one organisation sees it: with its own private data, nobody else's. */
export function viewBlock(block: StoredBlock, mspId: string): Block {
  return {
    number: BigInt(block.number),
    previousHash: block.previousHash,
    hash: block.hash,
    transactions: block.validations.map((validation, index) => viewTx(block, validation, index, mspId)),
  };
}

/** Payloads of blocks in memory, read once for all organisations: nobody changes them. */
const payloads = new WeakMap<StoredBlock, Map<number, Payload>>();

export function payloadAt(block: StoredBlock, index: number): Payload {
  const read = payloads.get(block) ?? new Map<number, Payload>();
  payloads.set(block, read);
  const known = read.get(index) ?? parsePayload(block.envelopes[index] ?? '');
  read.set(index, known);
  return known;
}

function parsePayload(envelope: string): Payload {
  return JSON.parse((JSON.parse(envelope) as Envelope).payload) as Payload;
}

function viewTx(block: StoredBlock, { code, endorsers }: Validation, index: number, mspId: string): Tx {
  const payload = payloadAt(block, index);
  const { results } = payload;
  return {
    txId: payload.txId,
    timestamp: payload.timestamp,
    validationCode: code,
    contract: payload.contract,
    fn: payload.fn,
    args: payload.args,
    result: payload.response,
    creatorMsp: payload.creatorMsp,
    endorsers,
    reads: results.reads.map(({ key, version }) => ({
      key,
      version: version && { block: BigInt(version[0]), tx: version[1] },
    })),
    writes: results.writes.map(({ key, value }) => ({ key, value: bytes(value), isDelete: value === null })),
    policies: results.policies.map(({ key, policy }) => ({ key, policy: Buffer.from(policy, 'base64') })),
    privateWrites: block.privateWrites
      .filter(({ tx, collection }) => tx === index && collectionOwner(collection) === mspId)
      .map(({ collection, key, value }) => ({ collection, key, value })),
    privateHashes: results.hashedWrites.map((write) => ({ ...write, isDelete: write.valueHash === null })),
    event: payload.event && { name: payload.event.name, payload: Buffer.from(payload.event.payload, 'base64') },
  };
}

function bytes(base64: string | null): Buffer | null {
  return base64 === null ? null : Buffer.from(base64, 'base64');
}
