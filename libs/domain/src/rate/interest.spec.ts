import fc from 'fast-check';
import { allInApr, dailyInterest, interest, shareByRatio, trueDiscount, yearlyFee } from './interest';
import { interestDays, type DayCount } from './day-count';
import { roundHalfUp } from './rounding';

const t02 = 12_345_678n;

describe('interest', () => {
  it.each<[string, bigint, bigint, string, string, DayCount, number, bigint]>([
    ['T01', 100_000_000n, 43_500n, '2025-07-01', '2025-12-28', 'ACT_360', 180, 2_175_000n],
    ['T01 on 365', 100_000_000n, 43_500n, '2025-07-01', '2025-12-28', 'ACT_365', 180, 2_145_205n],
    ['T02', t02, 43_500n, '2026-01-15', '2026-06-30', 'ACT_360', 166, 247_634n],
    ['T02 on 365', t02, 43_500n, '2026-01-15', '2026-06-30', 'ACT_365', 166, 244_241n],
    ['T03 leap', 10_000_000n, 36_000n, '2028-02-01', '2028-03-01', 'ACT_360', 29, 29_000n],
    ['T04 tie', 5_000n, 36_000n, '2026-01-01', '2026-01-02', 'ACT_360', 1, 1n],
    ['T04 odd tie', 15_000n, 36_000n, '2026-01-01', '2026-01-02', 'ACT_360', 1, 2n],
    ['T05 big', 100_000_000_000n, 43_500n, '2026-01-01', '2027-01-01', 'ACT_360', 365, 4_410_416_667n],
    ['T07 unrolled', 50_000_000n, 40_000n, '2026-01-15', '2026-06-27', 'ACT_360', 163, 905_556n],
    ['T07 rolled', 50_000_000n, 40_000n, '2026-01-15', '2026-06-29', 'ACT_360', 165, 916_667n],
    ['T08 30/360', 100_000_000n, 30_000n, '2026-01-31', '2026-04-30', '30_360', 90, 750_000n],
  ])('%s', (_, principal, ppm, from, to, basis, days, expected) => {
    expect(interestDays(from, to, basis)).toBe(days);
    expect(interest(principal, ppm, days, basis)).toBe(expected);
  });

  it('is the nearest cent to the exact value, ties up: never more than half a cent away', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 100_000_000_000n),
        fc.bigInt(0n, 1_000_000n),
        fc.nat(3660),
        fc.constantFrom<DayCount>('ACT_360', 'ACT_365', '30_360'),
        (principal, ppm, days, basis) => {
          const exactTimesYear = principal * ppm * BigInt(days);
          const year = 1_000_000n * (basis === 'ACT_365' ? 365n : 360n);
          const twiceError = 2n * (interest(principal, ppm, days, basis) * year - exactTimesYear);
          return twiceError > -year && twiceError <= year;
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('by the day: T18', () => {
    expect(dailyInterest(40_000_000n, 500n, 10)).toBe(200_000n);
    expect(interest(40_000_000n, 30_000n, 10, 'ACT_360')).toBe(33_333n);
  });

  it('counts 30/360 months as 30 days and refuses days that run backwards', () => {
    expect(interestDays('2026-01-31', '2026-03-31', '30_360')).toBe(60);
    expect(interestDays('2026-01-15', '2026-03-31', '30_360')).toBe(76);
    expect(() => interestDays('2026-02-01', '2026-01-31', 'ACT_360')).toThrow(RangeError);
  });

  it('rounds no negative number', () => {
    expect(() => roundHalfUp(-1n, 2n)).toThrow(RangeError);
    expect(() => roundHalfUp(1n, 0n)).toThrow(RangeError);
  });
});

describe('discount and cost', () => {
  it('true discount and effective yield: T06', () => {
    expect(trueDiscount(100_000_000n, 43_500n, 180, 'ACT_360')).toBe(2_128_701n);
    expect(allInApr(2_175_000n, 97_825_000n, 180, 'ACT_360')).toBe(44_467n);
  });

  it('fee with floor and all-in APR: T10', () => {
    const fee = yearlyFee(t02, 3_000n, 166, 'ACT_360', 5_000n);
    expect(fee).toBe(17_078n);
    expect(yearlyFee(t02, 3_000n, 1, 'ACT_360', 5_000n)).toBe(5_000n);
    const cost = 247_634n + fee;
    expect(allInApr(cost, t02 - cost, 166, 'ACT_360')).toBe(47_519n);
    expect(allInApr(cost, t02 - cost, 166, 'ACT_365')).toBe(48_179n);
  });

  it('has no yearly cost when nothing is received or no day passes', () => {
    expect(() => allInApr(1n, 0n, 1, 'ACT_360')).toThrow(/money received/);
    expect(() => allInApr(1n, 1n, 0, 'ACT_360')).toThrow(/money received/);
  });
});

describe('shares by ratio', () => {
  it('T09: the last takes the remainder', () => {
    expect(shareByRatio(247_634n, [600_000n, 400_000n])).toEqual([148_580n, 99_054n]);
  });

  it('sum to the amount and are never negative, whatever the ratios', () => {
    const cuts = fc.array(fc.bigInt(0n, 1_000_000n), { minLength: 0, maxLength: 6 });
    fc.assert(
      fc.property(fc.bigInt(0n, 100n), cuts, (amount, points) => {
        const edges = [0n, ...[...points].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)), 1_000_000n];
        const ratios = edges.slice(1).map((edge, index) => edge - (edges[index] ?? 0n));
        const shares = shareByRatio(amount, ratios);
        return shares.reduce((sum, share) => sum + share, 0n) === amount && shares.every((share) => share >= 0n);
      }),
    );
  });

  it('refuses ratios that are not a whole', () => {
    expect(() => shareByRatio(1n, [])).toThrow(RangeError);
    expect(() => shareByRatio(1n, [999_999n])).toThrow(RangeError);
    expect(() => shareByRatio(1n, [-1n, 1_000_001n])).toThrow(RangeError);
  });
});
