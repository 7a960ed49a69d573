import { firstRulePack } from '@tallystick/domain';
import { changesOf, differences } from './publish-draft';

const pack = firstRulePack(
  { years: { '2026': { holidays: [], workdays: [] } } },
  { id: 'p', effectiveFrom: '2026-01-01', fingerprintKeyCommit: 'a'.repeat(64), legacyTenorUntil: null },
);

describe('a draft of new rules', () => {
  it('holds what was changed, as the pack writes it', () => {
    const typed = {
      maxTenorMonths: '3',
      faceMinFen: '2.50',
      lateInterestPpmPerDay: '0.045',
      cutOff: '16:30',
      legacyTenorUntil: '2027-06-15',
      maxDepth: '10',
      graceDays: '0',
    };
    expect(changesOf(pack, typed)).toEqual({
      changes: {
        maxTenorMonths: 3,
        faceMinFen: '250',
        lateInterestPpmPerDay: 450,
        cutOff: '16:30',
        legacyTenorUntil: '2027-06-15',
      },
      wrong: [],
    });
    expect(changesOf({ ...pack, legacyTenorUntil: '2027-06-15' }, { legacyTenorUntil: '' }).changes).toEqual({
      legacyTenorUntil: null,
    });
  });

  it.each([
    ['maxDepth', '1e3'],
    ['maxDepth', '-1'],
    ['maxDepth', ''],
    ['faceMinFen', '1.005'],
    ['lateInterestPpmPerDay', '0.00001'],
    ['cutOff', '24:00'],
    ['legacyTenorUntil', '2027-02-30'],
  ] as const)('names %s when it says “%s”', (name, typed) => {
    expect(changesOf(pack, { [name]: typed })).toEqual({ changes: {}, wrong: [name] });
  });

  it('shows what differs from the pack before', () => {
    const after = { ...pack, maxDepth: 4 };
    expect(differences(pack, after)).toMatchObject([{ before: { value: 10 }, after: { name: 'maxDepth', value: 4 } }]);
    expect(differences(pack, pack)).toEqual([]);
  });
});
