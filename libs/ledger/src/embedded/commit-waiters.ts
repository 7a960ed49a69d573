import type { Outcome } from '../port';

/** Who waits for which transaction to be in a block. */
export class CommitWaiters {
  private readonly waiting = new Map<string, (outcome: Outcome | null) => void>();

  /** Resolves when the transaction is in a block; to null when `timeoutMs` passed first, or the ledger closed. */
  outcome(txId: string, timeoutMs: number): Promise<Outcome | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.settle(txId, null), timeoutMs);
      this.waiting.set(txId, (outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      });
    });
  }

  announce(outcome: Outcome): void {
    this.settle(outcome.txId, outcome);
  }

  close(): void {
    for (const txId of [...this.waiting.keys()]) this.settle(txId, null);
  }

  private settle(txId: string, outcome: Outcome | null): void {
    const resolve = this.waiting.get(txId);
    this.waiting.delete(txId);
    resolve?.(outcome);
  }
}
