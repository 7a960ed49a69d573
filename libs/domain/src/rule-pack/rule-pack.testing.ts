import { firstRulePack } from './rule-pack';

/** For specs: invented working days of 2025 to 2027; 2028 is not published. */
export const testCalendar = {
  years: {
    '2025': { holidays: [], workdays: [] },
    '2026': { holidays: ['2026-06-19', '2026-10-01', '2026-10-02'], workdays: ['2026-10-10'] },
    '2027': { holidays: [], workdays: [] },
  },
};

/** For specs: the first rule pack over that calendar. */
export const testRules = firstRulePack(testCalendar, {
  id: 'first',
  effectiveFrom: '2025-01-01',
  fingerprintKeyCommit: 'ab'.repeat(32),
  legacyTenorUntil: '2027-06-14',
});
