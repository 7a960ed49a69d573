import fc from 'fast-check';
import { allocate } from './allocation';

describe('allocation by running totals', () => {
  it.each([
    ['T14', 60_000_000n, [50_000_000n, 30_000_000n, 20_000_000n], [30_000_000n, 18_000_000n, 12_000_000n]],
    ['T15', 10_000_001n, [33_333_333n, 33_333_333n, 33_333_334n], [3_333_333n, 3_333_334n, 3_333_334n]],
    ['T16', 10_000_000n, [1n, 50_000_000n, 49_999_999n], [0n, 5_000_000n, 5_000_000n]],
    ['in full', 3n, [1n, 0n, 2n], [1n, 0n, 2n]],
  ])('%s', (_, payment, outstanding, payouts) => expect(allocate(payment, outstanding)).toEqual(payouts));

  it('sums to the payment to the cent, and no line exceeds its outstanding', () => {
    const lines = fc.array(fc.bigInt(0n, 10n ** 11n), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(lines, fc.bigInt(0n, 1_000_000n), (outstanding, sharePpm) => {
        const total = outstanding.reduce((sum, amount) => sum + amount, 0n);
        fc.pre(total > 0n);
        const payment = (total * sharePpm) / 1_000_000n;
        const payouts = allocate(payment, outstanding);
        expect(payouts.reduce((sum, payout) => sum + payout, 0n)).toBe(payment);
        payouts.forEach((payout, index) => expect(payout >= 0n && payout <= (outstanding[index] ?? -1n)).toBe(true));
      }),
    );
  });

  it('refuses more than is outstanding, less than nothing, and nothing outstanding', () => {
    expect(() => allocate(4n, [1n, 2n])).toThrow(RangeError);
    expect(() => allocate(-1n, [1n, 2n])).toThrow(RangeError);
    expect(() => allocate(0n, [0n])).toThrow(RangeError);
    expect(() => allocate(1n, [-1n, 3n])).toThrow(RangeError);
  });
});
