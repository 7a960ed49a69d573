import { randomHex } from '@tallystick/crypto';
import { expectations, recordKey, type RecordOf, type RecordType, type StepDraft } from '@tallystick/protocol';
import { uuidv7 } from 'uuidv7';
import type { Facts } from './network-facts';

/** How long a signed instruction may wait for its checker and the ledger. */
const LIFETIME_DAYS = 7;

export type Author = StepDraft['author'];

/** Who writes an instruction, from now on and for a week, under the rule pack given. */
export function authorOf(facts: Facts, member: string, rulePack: string, instructionId: string = uuidv7()): Author {
  const { networkId, channel, chaincode } = facts.genesis;
  const notAfter = new Date(Date.parse(facts.rawNow) + LIFETIME_DAYS * 86_400_000).toISOString();
  return { networkId, channel, chaincode, member, rulePack, issuedAt: facts.rawNow, notAfter, instructionId };
}

/** Records that a signer saw, by their ledger keys. */
export function recordsSeen(
  ...seen: { [T in RecordType]: readonly [type: T, record: RecordOf<T>, ...parts: string[]] }[RecordType][]
): Record<string, unknown> {
  return Object.fromEntries(seen.map(([type, record, ...parts]) => [recordKey(type, ...parts), record]));
}

/** For builders: the platform's randomness, and the records that an automatic instruction relies on. */
export const authoring = (author: Author, records: Record<string, unknown> = {}) => ({
  author,
  random: randomHex,
  expects: expectations(records),
});
