import type { peer } from '@hyperledger/fabric-protos';

/** Blocks from one on, until `signal` is aborted. */
type Opener = (from: bigint, signal: AbortSignal) => AsyncIterable<peer.BlockAndPrivateData>;

interface Cursor {
  next: bigint;
  blocks: AsyncIterator<peer.BlockAndPrivateData>;
  stop: AbortController;
  idle?: NodeJS.Timeout;
}

const mostIdle = 4;

/**
 * Single blocks with their private data, which peers give only as a stream. A stream that gave one block is kept a
 * moment for the next, so that who reads many in a row has them from one.
 */
export class BlockReader {
  private readonly idle: Cursor[] = [];

  constructor(
    private readonly open: Opener,
    private readonly idleMs = 1_000,
  ) {}

  /** The block, which the peer must have. @throws Error when the stream fails, or gives nothing for `timeoutMs` */
  async read(number: bigint, timeoutMs: number): Promise<peer.BlockAndPrivateData> {
    const cursor = this.take(number) ?? this.start(number);
    const late = setTimeout(() => {
      cursor.stop.abort();
    }, timeoutMs);
    try {
      const next = await cursor.blocks.next();
      if (next.done === true) throw new Error(`block ${number} was not delivered in time`);
      const came = BigInt(next.value.getBlock()?.getHeader()?.getNumber() ?? -1);
      if (came !== number) throw new Error(`block ${came} came instead of ${number}`);
      cursor.next = number + 1n;
      this.keep(cursor);
      return next.value;
    } catch (error) {
      cursor.stop.abort();
      throw error;
    } finally {
      clearTimeout(late);
    }
  }

  close(): void {
    for (const cursor of this.idle.splice(0)) end(cursor);
  }

  private take(number: bigint): Cursor | null {
    const index = this.idle.findIndex(({ next }) => next === number);
    const [cursor] = index < 0 ? [] : this.idle.splice(index, 1);
    clearTimeout(cursor?.idle);
    return cursor ?? null;
  }

  private start(number: bigint): Cursor {
    const stop = new AbortController();
    return { next: number, stop, blocks: this.open(number, stop.signal)[Symbol.asyncIterator]() };
  }

  private keep(cursor: Cursor): void {
    this.idle.push(cursor);
    cursor.idle = setTimeout(() => {
      this.idle.splice(this.idle.indexOf(cursor), 1);
      end(cursor);
    }, this.idleMs);
    if (this.idle.length > mostIdle) end(this.idle.shift());
  }
}

function end(cursor: Cursor | undefined): void {
  clearTimeout(cursor?.idle);
  cursor?.stop.abort();
  // Lets the client's generator close its stream.
  cursor?.blocks.return?.().catch(() => undefined);
}
