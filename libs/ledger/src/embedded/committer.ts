import type { KeyObject } from 'node:crypto';
import type { BlockStore, StoredLedger } from './block-store';
import { effectsOf } from './effects';
import type { Transaction } from './envelope';
import type { EndorsementPolicy } from './policy';
import { linkBlock, requireLinked, type StoredBlock } from './stored-block';
import { validateBlock } from './validation';
import { WorldState } from './world-state';

export interface Position {
  block: number;
  index: number;
  code: number;
}

const recentBlocks = 200;
const verifyPage = 500;

/** Validates ordered transactions, makes the block durable, then shows its effects: nobody sees what could be lost. */
export class Committer {
  readonly state = new WorldState();
  private readonly positions = new Map<string, Position>();
  private readonly recent: StoredBlock[] = [];
  private tip: StoredBlock;

  private constructor(
    private readonly store: BlockStore,
    private readonly chaincodePolicy: EndorsementPolicy,
    private readonly peerKeys: ReadonlyMap<string, KeyObject>,
    stored: StoredLedger,
    tip: StoredBlock,
  ) {
    this.tip = tip;
    this.state.apply(stored.state);
    for (const { txId, block, index, code } of stored.transactions) this.remember(txId, { block, index, code });
  }

  /** Opens the store, begins it with `genesis` when empty, and verifies the whole chain. */
  static async open(
    store: BlockStore,
    genesis: StoredBlock,
    chaincodePolicy: EndorsementPolicy,
    peerKeys: ReadonlyMap<string, KeyObject>,
  ): Promise<Committer> {
    const stored = await store.open();
    if (stored.tip === null) await store.append(genesis, { publicChanges: [], privateChanges: [] });
    else await verifyChain(store, stored.tip);
    return new Committer(store, chaincodePolicy, peerKeys, stored, stored.tip ?? genesis);
  }

  /** Number of blocks. */
  get height(): number {
    return this.tip.number + 1;
  }

  position(txId: string): Position | undefined {
    return this.positions.get(txId);
  }

  /** Up to `limit` blocks from `from` on. */
  read(from: number, limit: number): Promise<StoredBlock[]> {
    const oldest = this.recent[0]?.number;
    if (oldest === undefined || from < oldest) return this.store.read(from, limit);
    return Promise.resolve(this.recent.slice(from - oldest, from - oldest + limit));
  }

  async commit(transactions: readonly Transaction[]): Promise<StoredBlock> {
    const committed = this.state.at(this.height);
    const validations = await validateBlock(transactions, {
      committed,
      isKnown: (txId) => this.positions.has(txId),
      chaincodePolicy: this.chaincodePolicy,
      peerKeys: this.peerKeys,
    });
    const { changes, privateWrites } = effectsOf(this.height, transactions, validations, committed);
    const envelopes = transactions.map(({ envelope }) => JSON.stringify(envelope));
    const block = { ...linkBlock(this.height, this.tip.hash, envelopes), envelopes, validations, privateWrites };

    await this.store.append(block, changes);

    this.state.apply(changes);
    this.tip = block;
    this.recent.push(block);
    if (this.recent.length > recentBlocks) this.recent.shift();
    validations.forEach(({ txId, code }, index) => {
      this.remember(txId, { block: block.number, index, code });
    });
    return block;
  }

  private remember(txId: string, position: Position): void {
    if (!this.positions.has(txId)) this.positions.set(txId, position);
  }
}

async function verifyChain(store: BlockStore, tip: StoredBlock): Promise<void> {
  let previous: StoredBlock | null = null;
  while (previous === null || previous.number < tip.number) {
    const page = await store.read((previous?.number ?? -1) + 1, verifyPage);
    if (page.length === 0) throw new Error(`ledger is damaged: block ${(previous?.number ?? -1) + 1} is missing`);
    for (const block of page) {
      requireLinked(block, previous);
      previous = block;
    }
  }
}
