import fc from 'fast-check';
import {
  addDays,
  addMonthsClamped,
  businessDateOf,
  daysBetween,
  earlierOf,
  laterOf,
  endOfDay,
  instantAt,
  isInstant,
  isIsoDate,
  isWeekend,
} from './date';

const dayMs = 86_400_000;
/** An independent oracle: the platform's own calendar. */
const isoOf = (epochDay: number) => new Date(epochDay * dayMs).toISOString().slice(0, 10);
const anyEpochDay = fc.integer({ min: -25_000, max: 60_000 });

describe('dates', () => {
  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-06-31',
    '2026-09-31',
    '2026-11-31',
    '2026-01-00',
    '2026-1-1',
    '20260101',
    '2026-01-01T',
    '２026-01-01',
    '1900-02-29',
  ])('refuses %s', (text) => {
    expect(isIsoDate(text)).toBe(false);
    expect(() => addDays(text, 1)).toThrow(RangeError);
  });

  it('know the leap years of centuries, and which of two comes first', () => {
    expect(isIsoDate('2000-02-29')).toBe(true);
    expect(isIsoDate('2028-02-29')).toBe(true);
    expect([earlierOf('2026-01-01', '2026-01-02'), earlierOf('2026-01-02', '2026-01-01')]).toEqual([
      '2026-01-01',
      '2026-01-01',
    ]);
    expect([laterOf('2026-01-01', '2026-01-02'), laterOf('2026-01-02', '2026-01-01')]).toEqual([
      '2026-01-02',
      '2026-01-02',
    ]);
  });

  it('agrees with the civil calendar on days, differences and weekends', () => {
    fc.assert(
      fc.property(anyEpochDay, fc.integer({ min: -5000, max: 5000 }), (day, days) => {
        expect(addDays(isoOf(day), days)).toBe(isoOf(day + days));
        expect(daysBetween(isoOf(day), isoOf(day + days))).toBe(days);
        expect(isWeekend(isoOf(day))).toBe([0, 6].includes(new Date(day * dayMs).getUTCDay()));
      }),
    );
  });

  it.each([
    ['2025-12-31', 6, '2026-06-30'],
    ['2025-12-31', 12, '2026-12-31'],
    ['2025-08-31', 6, '2026-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
  ])('clamps months to the end: %s %i months (T22)', (from, months, to) =>
    expect(addMonthsClamped(from, months)).toBe(to),
  );
});

describe('business time', () => {
  it.each([
    ['2026-06-30T15:59:59.999Z', '2026-06-30'],
    ['2026-06-30T16:00:00.000Z', '2026-07-01'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
    ['2026-06-30T00:00:00.000Z', '2026-06-30'],
  ])('is at +08:00: %s', (instant, date) => expect(businessDateOf(instant)).toBe(date));

  it('refuses what is not an instant', () => {
    for (const text of ['2026-06-30', '2026-06-30T24:00:00.000Z', '2026-06-30T10:00:00Z', '2026-02-30T10:00:00.000Z']) {
      expect(isInstant(text)).toBe(false);
      expect(() => businessDateOf(text)).toThrow(RangeError);
    }
    expect(() => instantAt('2026-06-30', '25:00')).toThrow(RangeError);
  });

  it('puts times of day and ends of days on the UTC line', () => {
    expect(instantAt('2026-06-30', '17:00')).toBe('2026-06-30T09:00:00.000Z');
    expect(instantAt('2026-06-30', '08:00')).toBe('2026-06-30T00:00:00.000Z');
    expect(instantAt('2026-06-30', '07:30')).toBe('2026-06-29T23:30:00.000Z');
    expect(endOfDay('2026-06-30')).toBe('2026-06-30T16:00:00.000Z');
    fc.assert(fc.property(anyEpochDay, (day) => businessDateOf(endOfDay(isoOf(day))) === isoOf(day + 1)));
  });
});
