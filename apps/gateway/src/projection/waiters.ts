interface Waiter {
  org: string;
  height: bigint;
  resolve: (reached: boolean) => void;
}

/** People who wait until an organisation's projection has reached a block: they read their own writes. */
export class Waiters {
  private readonly waiting = new Set<Waiter>();

  /** Tells everyone whose block is there. `height` is the number of blocks projected. */
  reached(org: string, height: bigint): void {
    for (const waiter of this.waiting) if (waiter.org === org && waiter.height <= height) waiter.resolve(true);
  }

  /** Resolves true once the projection has `height` blocks, false when it has not in time. */
  wait(org: string, height: bigint, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const waiter: Waiter = {
        org,
        height,
        resolve: (reached) => {
          clearTimeout(timer);
          this.waiting.delete(waiter);
          resolve(reached);
        },
      };
      const timer = setTimeout(() => {
        waiter.resolve(false);
      }, timeoutMs);
      this.waiting.add(waiter);
    });
  }

  close(): void {
    for (const waiter of this.waiting) waiter.resolve(false);
  }
}
