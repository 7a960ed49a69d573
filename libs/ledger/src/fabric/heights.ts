import { pause } from './pause';

const firstPauseMs = 10;

/** How far each organisation's peer has come. Heights are asked for only when what is known does not suffice. */
export class Heights {
  private readonly known = new Map<string, bigint>();
  private readonly asking = new Map<string, Promise<bigint>>();

  /** @param ask the number of blocks that the organisation's peer has committed */
  constructor(private readonly ask: (mspId: string) => Promise<bigint>) {}

  /** Callers at the same time share one question. @throws what `ask` throws */
  now(mspId: string): Promise<bigint> {
    const asked = this.asking.get(mspId);
    if (asked !== undefined) return asked;
    const asking = this.ask(mspId)
      .then((height) => {
        this.known.set(mspId, height);
        return height;
      })
      .finally(() => this.asking.delete(mspId));
    this.asking.set(mspId, asking);
    return asking;
  }

  /** Whether the peer is known to have so many blocks; false when it is not known. */
  hasReached(mspId: string, height: bigint): boolean {
    return (this.known.get(mspId) ?? -1n) >= height;
  }

  /** Waits until these organisations' peers have so many blocks. @returns those that did not come so far in time */
  async reach(mspIds: readonly string[], height: bigint, timeoutMs: number): Promise<string[]> {
    const deadline = performance.now() + timeoutMs;
    const reached = await Promise.all(mspIds.map((mspId) => this.reaches(mspId, height, deadline)));
    return mspIds.filter((_, index) => reached[index] !== true);
  }

  /** Waits until these peers have what the furthest of them has now. @returns those that did not come so far in time */
  async level(mspIds: readonly string[], timeoutMs: number): Promise<string[]> {
    const answers = await Promise.allSettled(mspIds.map((mspId) => this.now(mspId)));
    const heights = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    const highest = heights.reduce((most, height) => (height > most ? height : most), 0n);
    return this.reach(mspIds, highest, timeoutMs);
  }

  private async reaches(mspId: string, height: bigint, deadline: number): Promise<boolean> {
    if (this.hasReached(mspId, height)) return true;
    for (let attempt = 0; ; attempt += 1) {
      const now = await this.now(mspId).catch(() => -1n);
      if (now >= height) return true;
      if (performance.now() >= deadline) return false;
      await pause(Math.min(firstPauseMs * 2 ** attempt, 250));
    }
  }
}
