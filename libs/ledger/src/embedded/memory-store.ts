import type { BlockStore, StoredLedger } from './block-store';
import type { StoredBlock } from './stored-block';
import type { StateChanges } from './world-state';

/** A store for tests: as long as it lives, a ledger opened on it again finds everything. */
export class MemoryStore implements BlockStore {
  private readonly blocks: StoredBlock[] = [];
  private readonly changes: StateChanges[] = [];

  open(): Promise<StoredLedger> {
    return Promise.resolve({
      tip: this.blocks.at(-1) ?? null,
      state: {
        publicChanges: this.changes.flatMap(({ publicChanges }) => publicChanges),
        privateChanges: this.changes.flatMap(({ privateChanges }) => privateChanges),
      },
      transactions: this.blocks.flatMap((block) =>
        block.validations.map(({ txId, code }, index) => ({ txId, block: block.number, index, code })),
      ),
    });
  }

  append(block: StoredBlock, changes: StateChanges): Promise<void> {
    this.blocks.push(block);
    this.changes.push(changes);
    return Promise.resolve();
  }

  read(from: number, limit: number): Promise<StoredBlock[]> {
    return Promise.resolve(this.blocks.slice(from, from + limit));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
