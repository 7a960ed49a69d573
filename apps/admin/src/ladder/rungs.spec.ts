import { mondayOf, rungsOf } from './rungs';

const week = (day: string, amount: string, count = 1) => ({
  week: day,
  amount: { amount, currency: 'CNY' as const },
  count,
});

describe('the ladder', () => {
  it('runs evenly: weeks without anything have an empty bar', () => {
    const rungs = rungsOf([week('2026-12-14', '50.00'), week('2026-11-23', '100.00', 2)], '2026-11-23');
    expect(rungs.map(({ week: day, fen, height }) => [day, fen, height])).toEqual([
      ['2026-11-23', 10_000n, 100],
      ['2026-11-30', 0n, 0],
      ['2026-12-07', 0n, 0],
      ['2026-12-14', 5_000n, 50],
    ]);
  });

  it('marks a week as past once its Sunday is over', () => {
    const past = (today: string) => rungsOf([week('2026-11-16', '1.00')], today)[0]?.past;
    expect(past('2026-11-22')).toBe(false);
    expect(past('2026-11-23')).toBe(true);
  });

  it('gathers what is far off in the last bar and loses nothing', () => {
    const rungs = rungsOf(
      [week('2026-01-05', '1.00'), week('2026-12-07', '2.00', 3), week('2026-12-28', '3.00')],
      '2026-01-05',
    );
    expect(rungs).toHaveLength(27);
    expect(rungs.at(-1)).toMatchObject({ fen: 500n, count: 4 });
  });

  it('is empty when nothing falls due', () => {
    expect(rungsOf([], '2026-11-23')).toEqual([]);
  });

  it.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-27', '2026-11-23'],
    ['2026-11-29', '2026-11-23'],
  ])('puts %s in the week of %s', (date, monday) => {
    expect(mondayOf(date)).toBe(monday);
  });
});
