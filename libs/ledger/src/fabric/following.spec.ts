import { peer } from '@hyperledger/fabric-protos';
import { blockOf } from '../testing/fabric-blocks';
import { type BlockSource, following } from './following';

/** A source whose streams give these blocks one after the other and then fail, or wait when there are no more. */
function source(streams: number[][], decode?: BlockSource['decode']) {
  const opened: bigint[] = [];
  const troubles: unknown[] = [];
  const told: BlockSource = {
    async *open(from, signal) {
      opened.push(from);
      const numbers = streams.shift();
      for (const number of numbers ?? []) {
        await Promise.resolve();
        const raw = new peer.BlockAndPrivateData();
        raw.setBlock(blockOf(number, []));
        yield raw;
      }
      if (numbers !== undefined) throw new Error('14 UNAVAILABLE');
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
    },
    decode:
      decode ??
      ((raw) => ({
        number: BigInt(raw.getBlock()?.getHeader()?.getNumber() ?? -1),
        previousHash: '',
        hash: '',
        transactions: [],
      })),
    onTrouble: (error) => troubles.push(error),
  };
  return { told, opened, troubles };
}

async function take(told: BlockSource, from: bigint, count: number): Promise<bigint[]> {
  const stop = new AbortController();
  const numbers: bigint[] = [];
  for await (const { number } of following(told, from, stop.signal)) {
    numbers.push(number);
    if (numbers.length === count) stop.abort();
  }
  return numbers;
}

describe('following the blocks', () => {
  it('opens a stream that broke off where it broke off', async () => {
    const { told, opened, troubles } = source([[3, 4], [5], [6]]);
    expect(await take(told, 3n, 4)).toEqual([3n, 4n, 5n, 6n]);
    expect(opened).toEqual([3n, 5n, 6n]);
    expect(troubles).toHaveLength(2);
  });

  it('gives no block twice', async () => {
    const { told } = source([[2, 3, 3, 4]]);
    expect(await take(told, 3n, 2)).toEqual([3n, 4n]);
  });

  it('leaves no block out', async () => {
    const { told, opened } = source([
      [3, 5],
      [4, 5],
    ]);
    expect(await take(told, 3n, 3)).toEqual([3n, 4n, 5n]);
    expect(opened).toEqual([3n, 4n]);
  });

  it('ends when it is told to, also while it waits', async () => {
    const { told } = source([]);
    const stop = new AbortController();
    const reading = following(told, 0n, stop.signal).next();
    setTimeout(() => {
      stop.abort();
    }, 10);
    expect(await reading).toEqual({ done: true, value: undefined });
  });

  it('throws when a block cannot be understood: no later try would', async () => {
    const { told, opened } = source([[3], [3]], () => {
      throw new Error('unknown form');
    });
    await expect(take(told, 3n, 1)).rejects.toThrow('unknown form');
    expect(opened).toHaveLength(1);
  });
});
