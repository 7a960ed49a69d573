import { RulePackSchema, withLaterYears } from './rule-pack';
import { testRules } from './rule-pack.testing';

describe('rule packs', () => {
  it('survive being written to the ledger and read back', () => {
    expect(RulePackSchema.parse(JSON.parse(JSON.stringify(testRules)))).toEqual(testRules);
  });

  it.each([
    ['an unknown rule', { surprise: 1 }],
    ['a fraction of a month', { maxTenorMonths: 6.5 }],
    ['a number where fen belong', { faceMinFen: 100 }],
    ['a cut-off that is no time', { cutOff: '24:00' }],
    ['a commitment that is no hash', { fingerprintKeyCommit: 'AB' }],
    ['a date that is none', { effectiveFrom: '2026-02-30' }],
    ['a day of another year', { calendar: { years: { '2026': { holidays: ['2027-01-01'], workdays: [] } } } }],
    ['a worked weekend on a Monday', { calendar: { years: { '2026': { holidays: [], workdays: ['2026-10-12'] } } } }],
    ['another order of payment', { paymentOrder: ['PRINCIPAL', 'LATE_INTEREST', 'FEES', 'INTEREST', 'COSTS'] }],
  ])('refuse %s', (_, change) => expect(RulePackSchema.safeParse({ ...testRules, ...change }).success).toBe(false));

  it('get later years, but keep a year as it was pinned', () => {
    const later = {
      ...testRules,
      id: 'second',
      maxTenorMonths: 3,
      calendar: { years: { '2026': { holidays: [], workdays: [] }, '2028': { holidays: [], workdays: [] } } },
    };
    const merged = withLaterYears(testRules, later);
    expect(merged.id).toBe('first');
    expect(merged.maxTenorMonths).toBe(6);
    expect(merged.calendar.years['2026']).toEqual(testRules.calendar.years['2026']);
    expect(merged.calendar.years['2028']).toBeDefined();
  });
});
