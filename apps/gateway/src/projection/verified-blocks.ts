import { createHash, createHmac, timingSafeEqual, type Hash } from 'node:crypto';
import type { Block, Tx } from '@tallystick/ledger';
import type { EntityManager } from 'typeorm';
import type { Statement } from './statement';

/** Raised whenever a check is added or made stricter, so that what older ones found honest is looked at again. */
const CHECKS = 3;

/** A block's place in what was read: the hash of everything delivered up to and with it. */
export interface Place {
  number: bigint;
  /** SHA-256 over the previous place and all that the projection reads of the block. */
  prefix: string;
  /** Every check of the block passed, without an alarm. */
  clean: boolean;
}

/**
 * Remembers which blocks passed every check, so that a rebuild checks only what is new. A verdict holds for the exact bytes
 * delivered from block 0 on, under the checks of this version, and is authenticated with a key that the database does not hold:
 * rows put there by others count for nothing. A block with an alarm has no verdict and is checked each time.
 */
export class VerifiedBlocks {
  private readonly key: Buffer;

  constructor(secret: string) {
    this.key = createHmac('sha256', secret).update('tallystick/verified-blocks/1').digest();
  }

  /** What is remembered of blocks `from` to `to`, both included. */
  async read(manager: EntityManager, org: string, from: bigint, to: bigint): Promise<Map<bigint, Place>> {
    const rows: { number: string; prefix: string; verdict: string | null }[] = await manager.query(
      'SELECT number, prefix, verdict FROM verified_block WHERE org = $1 AND number BETWEEN $2 AND $3',
      [org, String(from), String(to)],
    );
    return new Map(
      rows.map(({ number, prefix, verdict }) => {
        const clean = verdict !== null && equal(verdict, this.verdict(org, BigInt(number), prefix));
        return [BigInt(number), { number: BigInt(number), prefix, clean }];
      }),
    );
  }

  /** What writes down the places of some blocks, with a verdict for those that passed. */
  statements(org: string, places: readonly Place[]): Statement[] {
    if (places.length === 0) return [];
    const sql = `INSERT INTO verified_block (org, number, prefix, verdict)
       SELECT $1, number, prefix, verdict FROM unnest($2::bigint[], $3::text[], $4::text[]) AS given (number, prefix, verdict)
       ON CONFLICT (org, number) DO UPDATE SET prefix = EXCLUDED.prefix, verdict = EXCLUDED.verdict`;
    const numbers = places.map(({ number }) => String(number));
    const prefixes = places.map(({ prefix }) => prefix);
    const verdicts = places.map(({ number, prefix, clean }) => (clean ? this.verdict(org, number, prefix) : null));
    return [{ sql, parameters: [org, numbers, prefixes, verdicts] }];
  }

  private verdict(org: string, number: bigint, prefix: string): string {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([CHECKS, org, String(number), prefix]))
      .digest('hex');
  }
}

/** The places of a batch of blocks as they are read, against what is remembered of them. */
export class Places {
  /** What is new or other than remembered. */
  readonly found: Place[] = [];
  private prefix: string;

  private constructor(
    private previous: string,
    private readonly known: ReadonlyMap<bigint, Place>,
  ) {
    this.prefix = previous;
  }

  /** @returns null when the place before the first block is not known: then nothing can be said of these either */
  static async of(
    memory: VerifiedBlocks,
    manager: EntityManager,
    org: string,
    blocks: readonly Block[],
  ): Promise<Places | null> {
    const [first, last] = [blocks[0]?.number ?? 0n, blocks.at(-1)?.number ?? 0n];
    const known = await memory.read(manager, org, first - 1n, last);
    const before = first === 0n ? '' : known.get(first - 1n)?.prefix;
    return before === undefined ? null : new Places(before, known);
  }

  /** Whether the next block passed every check before, at this very place. */
  isClean(block: Block): boolean {
    this.prefix = prefixAfter(this.previous, block);
    const remembered = this.known.get(block.number);
    return remembered?.clean === true && remembered.prefix === this.prefix;
  }

  /** The block that {@link isClean} was asked about was read. */
  read({ number }: Block, clean: boolean): void {
    const [place, remembered] = [{ number, prefix: this.prefix, clean }, this.known.get(number)];
    if (remembered?.prefix !== place.prefix || remembered.clean !== clean) this.found.push(place);
    this.previous = this.prefix;
  }
}

/** Forgets every verdict of an organisation, so that the next reading checks everything. */
export async function forgetVerdicts(manager: EntityManager, org: string): Promise<void> {
  await manager.query('DELETE FROM verified_block WHERE org = $1', [org]);
}

/** Hash of the place of a block after another place ('' before block 0). */
export function prefixAfter(previous: string, block: Block): string {
  const hash = createHash('sha256');
  const { number, hash: own, previousHash, transactions } = block;
  hash.update(JSON.stringify([previous, String(number), own, previousHash, transactions.length]));
  for (const tx of transactions) absorb(hash, tx);
  return hash.digest('hex');
}

/** All that the projection reads of a transaction. Lengths stand before the bytes, so no two transactions read alike. */
function absorb(hash: Hash, tx: Tx): void {
  const { txId, timestamp, validationCode, contract, fn, creatorMsp, endorsers } = tx;
  const length = (bytes: Uint8Array | null): number => bytes?.length ?? -1;
  hash.update(
    JSON.stringify([
      [txId, timestamp, validationCode, contract, fn, creatorMsp, endorsers],
      tx.writes.map(({ key, value, isDelete }) => [key, length(value), isDelete]),
      tx.policies.map(({ key, policy }) => [key, length(policy)]),
      tx.privateWrites.map(({ collection, key, value }) => [collection, key, length(value)]),
    ]),
  );
  for (const { value } of tx.writes) if (value !== null) hash.update(value);
  for (const { policy } of tx.policies) hash.update(policy);
  for (const { value } of tx.privateWrites) if (value !== null) hash.update(value);
}

const equal = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
