import { peer } from '@hyperledger/fabric-protos';
import { blockOf } from '../testing/fabric-blocks';
import { BlockReader } from './block-reader';

/** A peer with all blocks below `height`; `open` counts its streams. */
function peerWith(height: number, step = 1) {
  const opened: bigint[] = [];
  const signals: AbortSignal[] = [];
  async function* open(from: bigint, signal: AbortSignal) {
    opened.push(from);
    signals.push(signal);
    for (let number = Number(from); number < height && !signal.aborted; number += step) {
      await Promise.resolve();
      const raw = new peer.BlockAndPrivateData();
      raw.setBlock(blockOf(number, []));
      yield raw;
    }
    if (!signal.aborted)
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
  }
  return { opened, signals, open };
}

const numberOf = (raw: peer.BlockAndPrivateData) => raw.getBlock()?.getHeader()?.getNumber();

describe('reading single blocks', () => {
  it('takes blocks in a row from one stream', async () => {
    const { open, opened } = peerWith(10);
    const reader = new BlockReader(open);
    for (let number = 2n; number < 7n; number += 1n)
      expect(numberOf(await reader.read(number, 1_000))).toBe(Number(number));
    expect(opened).toEqual([2n]);
    reader.close();
  });

  it('opens another stream for a block out of the row', async () => {
    const { open, opened } = peerWith(10);
    const reader = new BlockReader(open);
    for (const number of [2n, 8n, 3n, 2n]) expect(numberOf(await reader.read(number, 1_000))).toBe(Number(number));
    expect(opened).toEqual([2n, 8n, 2n]);
    reader.close();
  });

  it('gives two readers at the same time a stream each', async () => {
    const { open } = peerWith(10);
    const reader = new BlockReader(open);
    await reader.read(2n, 1_000);
    const both = await Promise.all([reader.read(3n, 1_000), reader.read(3n, 1_000)]);
    expect(both.map(numberOf)).toEqual([3, 3]);
    reader.close();
  });

  it('does not wait for ever', async () => {
    const { open, signals } = peerWith(3);
    await expect(new BlockReader(open).read(3n, 30)).rejects.toThrow('not delivered in time');
    expect(signals[0]?.aborted).toBe(true);
  });

  it('takes no other block for the one asked for', async () => {
    const { open } = peerWith(10, 2);
    const reader = new BlockReader(open);
    await reader.read(2n, 1_000);
    await expect(reader.read(3n, 1_000)).rejects.toThrow('block 4 came instead of 3');
  });

  it('ends streams that nobody reads on', async () => {
    const { open, signals } = peerWith(10);
    const reader = new BlockReader(open, 20);
    await reader.read(2n, 1_000);
    expect(signals[0]?.aborted).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(signals[0]?.aborted).toBe(true);
    for (const number of [1n, 3n, 5n, 7n, 9n]) await reader.read(number, 1_000);
    expect(signals.filter(({ aborted }) => !aborted)).toHaveLength(4);
    reader.close();
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });
});
