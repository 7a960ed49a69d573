import { setTimeout as sleep } from 'node:timers/promises';
import { batched } from './batched';

async function* given(...items: (number | Error)[]): AsyncGenerator<number> {
  for (const item of items) {
    if (item instanceof Error) throw item;
    if (item < 0) await sleep(-item);
    else yield await Promise.resolve(item);
  }
}

async function collect(source: AsyncIterable<number>, most: number, pauseMs = 0): Promise<number[][]> {
  const batches: number[][] = [];
  for await (const batch of batched(source, most)) {
    batches.push(batch);
    await sleep(pauseMs);
  }
  return batches;
}

describe('batched', () => {
  it('gives what is there at once, in order, and no more than asked', async () => {
    expect(await collect(given(1, 2, 3, 4, 5), 2)).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('gives the first without waiting for a second', async () => {
    expect(await collect(given(1, -40, 2), 10)).toEqual([[1], [2]]);
  });

  it('gathers what comes while its reader is at work', async () => {
    expect(await collect(given(1, -5, 2, 3, 4), 10, 60)).toEqual([[1], [2, 3, 4]]);
  });

  it('throws what the source throws, after all that came before', async () => {
    const seen: number[][] = [];
    const reading = (async () => {
      for await (const batch of batched(given(1, 2, new Error('broken')), 10)) seen.push(batch);
    })();
    await expect(reading).rejects.toThrow('broken');
    expect(seen.flat()).toEqual([1, 2]);
  });

  it('lets a reader go that stops, though the source has nothing to say', async () => {
    for await (const batch of batched(given(1, -3_000), 10)) {
      expect(batch).toEqual([1]);
      break;
    }
  });
});
