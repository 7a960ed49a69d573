import type { Transaction } from './envelope';

export interface Batching {
  /** A block holds at most this many transactions, and is cut when so many wait … */
  maxTransactions: number;
  /** … or when the first has waited so long; `null`: only when `cut()` is called (for tests that choose the order). */
  timeoutMs: number | null;
}

/** The ordering service: collects endorsed transactions, cuts blocks, and hands them on one after the other. */
export class Ordering {
  /** Why nothing is ordered any more: the last block could not be delivered. */
  failure: unknown = null;
  private waiting: Transaction[] = [];
  private timer: NodeJS.Timeout | null = null;
  private delivery: Promise<void> = Promise.resolve();

  constructor(
    private readonly batching: Batching,
    private readonly deliver: (batch: Transaction[]) => Promise<void>,
  ) {}

  /** Number of transactions that no block holds yet. */
  get backlog(): number {
    return this.waiting.length;
  }

  order(transaction: Transaction): void {
    this.waiting.push(transaction);
    const { maxTransactions, timeoutMs } = this.batching;
    if (timeoutMs === null) return;
    if (this.waiting.length === maxTransactions) void this.cut();
    else this.timer ??= setTimeout(() => void this.cut(), timeoutMs);
  }

  /** Cuts blocks of all that waits; resolves when they are committed. */
  cut(): Promise<void> {
    this.stopTimer();
    this.delivery = this.delivery.then(() => this.deliverAll());
    return this.delivery;
  }

  /** Waits for the block being committed; what no block holds yet is dropped, as in a crash. */
  async close(): Promise<void> {
    this.stopTimer();
    this.waiting = [];
    await this.delivery;
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private async deliverAll(): Promise<void> {
    while (this.waiting.length > 0 && this.failure === null) {
      try {
        await this.deliver(this.waiting.splice(0, this.batching.maxTransactions));
      } catch (error) {
        this.failure = error;
      }
    }
  }
}
