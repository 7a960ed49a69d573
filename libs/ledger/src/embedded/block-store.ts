import type { StoredBlock } from './stored-block';
import type { StateChanges } from './world-state';

/** Where the ledger lives. One writer at a time. */
export interface BlockStore {
  /** Opens for writing and gives what is there. @throws Error when another process has it open */
  open(): Promise<StoredLedger>;

  /**
   * Appends a block and its changes, both or neither, and resolves when they are durable: also through a restart of
   * the store itself. @throws Error when the store cannot take it for good
   */
  append(block: StoredBlock, changes: StateChanges): Promise<void>;

  /** Up to `limit` blocks from `from` on, in order. */
  read(from: number, limit: number): Promise<StoredBlock[]>;

  close(): Promise<void>;
}

export interface StoredLedger {
  /** The newest block; null for an empty store. */
  tip: StoredBlock | null;
  /** The state as the changes that lead to it. */
  state: StateChanges;
  transactions: { txId: string; block: number; index: number; code: number }[];
}
