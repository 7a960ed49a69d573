import { dateOf, endMinuteOf, lastDayOf, minuteOf } from './days';

describe('a day on the screen', () => {
  // 2026-12-04 00:00 in China
  const midnight = '2026-12-03T16:00:00.000Z';
  it('of an end at midnight is the day before, the last on which anything can be done', () => {
    expect(lastDayOf(midnight)).toBe('2026-12-03');
    expect(endMinuteOf(midnight)).toBe('2026-12-03 24:00');
  });

  it('of an end within a day is that day', () => {
    expect(lastDayOf('2026-12-03T09:00:00.000Z')).toBe('2026-12-03');
    expect(endMinuteOf('2026-12-03T09:00:00.000Z')).toBe('2026-12-03 17:00');
  });

  it('of a date is the date', () => {
    expect(lastDayOf('2026-12-04')).toBe('2026-12-04');
    expect(dateOf('2026-12-04')).toBe('2026-12-04');
  });

  it('of something that happened at midnight is the day that began', () => {
    expect(dateOf(midnight)).toBe('2026-12-04');
    expect(minuteOf(midnight)).toBe('2026-12-04 00:00');
  });
});
