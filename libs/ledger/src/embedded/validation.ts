import { collectionOwner } from '@tallystick/protocol';
import type { KeyObject } from 'node:crypto';
import { ValidationCodes } from '../port';
import { endorsersOf, type Transaction } from './envelope';
import { type EndorsementPolicy, knownPolicy } from './policy';
import { sameVersion } from './read-write-set';
import type { Validation } from './stored-block';
import { type Snapshot } from './world-state';

/** What a committer knows when it judges a block. */
export interface ValidationContext {
  /** Committed state before the block. */
  committed: Snapshot;
  isKnown(txId: string): boolean;
  chaincodePolicy: EndorsementPolicy;
  peerKeys: ReadonlyMap<string, KeyObject>;
}

/**
 * Fabric's validity of each transaction of a block, in Fabric's two passes: first endorsement, for the whole block
 * against the committed policies; then versions, each transaction seeing the valid ones before it.
 */
export async function validateBlock(
  transactions: readonly Transaction[],
  context: ValidationContext,
): Promise<Validation[]> {
  const endorsers = await Promise.all(transactions.map(({ envelope }) => endorsersOf(envelope, context.peerKeys)));
  const validations = checkEndorsements(transactions, endorsers, context);
  markRepeats(validations);
  checkVersions(transactions, validations, context.committed);
  return validations;
}

function checkEndorsements(
  transactions: readonly Transaction[],
  endorsersOfEach: readonly string[][],
  context: ValidationContext,
): Validation[] {
  const changedPolicies = new Set<string>();
  return transactions.map(({ payload }, index) => {
    const { txId, results } = payload;
    const endorsers = endorsersOfEach[index] ?? [];
    if (context.isKnown(txId)) return { txId, code: ValidationCodes.duplicateTxId, endorsers };
    if (!isEndorsed(payload.results, endorsers, changedPolicies, context))
      return { txId, code: ValidationCodes.endorsementPolicyFailure, endorsers };
    // Also counts when the transaction loses on versions later: Fabric judges endorsement first.
    for (const { key } of results.policies) changedPolicies.add(key);
    return { txId, code: ValidationCodes.valid, endorsers };
  });
}

/**
 * Each written key asks for its own policy if it has one, else for the chaincode's; each organisation’s collection for its
 * owner. The chaincode's also holds for a transaction that writes nothing.
 */
function isEndorsed(
  results: Transaction['payload']['results'],
  endorsers: readonly string[],
  changedPolicies: ReadonlySet<string>,
  { committed, chaincodePolicy }: ValidationContext,
): boolean {
  const keys = new Set([...results.writes, ...results.policies].map(({ key }) => key));
  const policies = new Set<EndorsementPolicy>();
  for (const key of keys) {
    // Whose policy is right is not known before this block is committed: Fabric invalidates.
    if (changedPolicies.has(key)) return false;
    const own = committed.publicRecord(key)?.value.policy;
    policies.add(own ? knownPolicy(own) : chaincodePolicy);
  }
  const owners = new Set(results.hashedWrites.map(({ collection }) => collectionOwner(collection) ?? ''));
  if (policies.size === 0 && owners.size === 0) policies.add(chaincodePolicy);
  return (
    [...policies].every((policy) => policy.isMetBy(endorsers)) &&
    [...owners].every((owner) => endorsers.includes(owner))
  );
}

/** Of valid transactions with one id the first stands. */
function markRepeats(validations: Validation[]): void {
  const seen = new Set<string>();
  for (const validation of validations) {
    if (validation.code !== ValidationCodes.valid) continue;
    if (seen.has(validation.txId)) validation.code = ValidationCodes.duplicateTxId;
    seen.add(validation.txId);
  }
}

function checkVersions(transactions: readonly Transaction[], validations: Validation[], committed: Snapshot): void {
  const written = new Set<string>();
  transactions.forEach(({ payload: { results } }, index) => {
    const validation = validations[index];
    if (validation?.code !== ValidationCodes.valid) return;
    const current =
      results.reads.every(
        ({ key, version }) => !written.has(key) && sameVersion(version, committed.publicRecord(key)?.version),
      ) &&
      results.hashedReads.every(
        ({ collection, keyHash, version }) =>
          !written.has(hashed(collection, keyHash)) &&
          sameVersion(version, committed.privateRecord(collection, keyHash)?.version),
      );
    if (!current) {
      validation.code = ValidationCodes.mvccReadConflict;
      return;
    }
    for (const { key } of results.writes) written.add(key);
    for (const { key } of results.policies) written.add(key);
    for (const { collection, keyHash } of results.hashedWrites) written.add(hashed(collection, keyHash));
  });
}

/** Names a private key beside public ones; U+FFFF is in no key. */
function hashed(collection: string, keyHash: string): string {
  return `\uffff${collection}/${keyHash}`;
}
