import fc from 'fast-check';
import { addBusinessDays, isBusinessDay, rollForward } from './business-day';
import { addDays, daysBetween } from './date';

const calendar = {
  years: {
    '2026': {
      holidays: ['2026-01-01', '2026-01-02', '2026-06-19', '2026-12-31'],
      workdays: ['2026-01-04', '2026-06-28'],
    },
  },
};

describe('business days', () => {
  it('follow the published year', () => {
    expect(isBusinessDay(calendar, '2026-06-18')).toBe(true);
    expect(isBusinessDay(calendar, '2026-06-19')).toBe(false);
    expect(isBusinessDay(calendar, '2026-06-20')).toBe(false);
    expect(isBusinessDay(calendar, '2026-06-28')).toBe(true);
  });

  it('roll a due date to the next business day (T07)', () => {
    const plain = { years: { '2026': { holidays: [], workdays: [] } } };
    expect(rollForward(plain, '2026-06-27')).toEqual({ date: '2026-06-29', provisional: false });
    expect(rollForward(calendar, '2026-06-27')).toEqual({ date: '2026-06-28', provisional: false });
    expect(rollForward(calendar, '2026-06-18')).toEqual({ date: '2026-06-18', provisional: false });
  });

  it('leave a date of an unpublished year where it is, provisionally', () => {
    expect(rollForward(calendar, '2027-05-01')).toEqual({ date: '2027-05-01', provisional: true });
    expect(rollForward(calendar, '2026-12-31')).toEqual({ date: '2027-01-01', provisional: true });
    expect(addBusinessDays(calendar, '2027-05-03', -2)).toEqual({ date: '2027-04-29', provisional: true });
  });

  it.each([
    ['2026-06-18', 1, '2026-06-22'],
    ['2026-06-22', -1, '2026-06-18'],
    ['2026-06-26', 1, '2026-06-28'],
    ['2026-06-20', 0, '2026-06-20'],
    ['2026-06-30', -2, '2026-06-28'],
  ])('count from %s by %i', (from, count, to) => expect(addBusinessDays(calendar, from, count).date).toBe(to));

  it('land on business days and step back to where they came from', () => {
    const days = fc.integer({ min: 0, max: 250 });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 20 }), (offset, count) => {
        const start = rollForward(calendar, addDays('2026-02-01', offset)).date;
        const end = addBusinessDays(calendar, start, count).date;
        expect(isBusinessDay(calendar, end)).toBe(true);
        expect(addBusinessDays(calendar, end, -count).date).toBe(start);
        const between = Array.from({ length: daysBetween(start, end) }, (_, day) => addDays(start, day + 1));
        expect(between.filter((day) => isBusinessDay(calendar, day))).toHaveLength(count);
      }),
    );
  });
});
