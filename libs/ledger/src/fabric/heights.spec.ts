import { PeerProblem } from './client';
import { Heights } from './heights';

/** Peers at these heights, which rise by one with every question to them up to `most`. */
function peers(heights: Record<string, bigint>, most = 10n) {
  const asked: string[] = [];
  const ask = (mspId: string) => {
    asked.push(mspId);
    const height = heights[mspId];
    if (height === undefined) return Promise.reject(new PeerProblem('unavailable', 'down', mspId));
    heights[mspId] = height < most ? height + 1n : height;
    return Promise.resolve(height);
  };
  return { asked, heights: new Heights(ask) };
}

describe('the heights of peers', () => {
  it('are waited for until all have come so far', async () => {
    const { heights, asked } = peers({ CoreMSP: 3n, BankAMSP: 5n });
    expect(await heights.reach(['CoreMSP', 'BankAMSP'], 5n, 5_000)).toEqual([]);
    expect(asked.filter((mspId) => mspId === 'CoreMSP')).toHaveLength(3);
    expect(asked.filter((mspId) => mspId === 'BankAMSP')).toHaveLength(1);
  });

  it('that are known to suffice are not asked again', async () => {
    const { heights, asked } = peers({ CoreMSP: 5n });
    expect(heights.hasReached('CoreMSP', 5n)).toBe(false);
    await heights.reach(['CoreMSP'], 5n, 1_000);
    expect(heights.hasReached('CoreMSP', 5n)).toBe(true);
    expect(await heights.reach(['CoreMSP'], 4n, 1_000)).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it('are not waited for for ever: who is late or down is named', async () => {
    const { heights } = peers({ CoreMSP: 3n, BankAMSP: 9n }, 3n);
    expect(await heights.reach(['CoreMSP', 'BankAMSP', 'BankBMSP'], 5n, 50)).toEqual(['CoreMSP', 'BankBMSP']);
  });

  it('are level when all have what the furthest had', async () => {
    const { heights } = peers({ CoreMSP: 3n, BankAMSP: 7n });
    expect(await heights.level(['CoreMSP', 'BankAMSP'], 5_000)).toEqual([]);
    expect(heights.hasReached('CoreMSP', 7n)).toBe(true);
  });

  it('are asked once for all who ask at the same time', async () => {
    const { heights, asked } = peers({ CoreMSP: 3n });
    expect(await Promise.all([heights.now('CoreMSP'), heights.now('CoreMSP')])).toEqual([3n, 3n]);
    expect(await heights.now('CoreMSP')).toBe(4n);
    expect(asked).toHaveLength(2);
  });
});
