import { firstRulePack } from '@tallystick/domain';
import { rules as en } from '../i18n/en/rules';
import { ruleGroups } from './rules';

const pack = firstRulePack(
  { years: { '2026': { holidays: [], workdays: [] } } },
  { id: 'p', effectiveFrom: '2026-01-01', fingerprintKeyCommit: 'a'.repeat(64), legacyTenorUntil: null },
);

describe('rules', () => {
  it('of the first pack are all shown, but for those that mean nothing to people', () => {
    const shown = ruleGroups(pack).flatMap(({ rules }) => rules.map(({ name }) => name as string));
    const words = ['id', 'effectiveFrom', 'currency', 'calendar', 'discountDayCount', 'countRolledDays'];
    const silent = [...words, 'paymentOrder', 'fingerprintKeyCommit', 'maxAllocationPage'];
    expect([...shown, ...silent].sort()).toEqual(Object.keys(pack).sort());
    expect(shown.sort()).toEqual(Object.keys(en.rule).sort());
  });

  it('that a pack does not have are left out', () => {
    expect(ruleGroups({ maxDepth: 3 }).flatMap(({ rules }) => rules)).toEqual([
      { name: 'maxDepth', unit: 'plain', value: 3 },
    ]);
  });
});
