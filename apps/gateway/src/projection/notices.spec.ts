import { asSeen, concernsEverybody } from './notices';

describe('who is told that something changed', () => {
  it('those who see an order are told of its agreement and its pages', () => {
    expect(asSeen(['Agreement/o1', 'Page/o2/0', 'Page/o2/1', 'Holding/h'])).toEqual([
      'Agreement/o1',
      'Page/o2/0',
      'Page/o2/1',
      'Holding/h',
      'Order/o1',
      'Order/o2',
    ]);
  });

  it('everybody is told of the date, the rules and the members, nobody else’s records', () => {
    expect(concernsEverybody(['Holding/h', 'Clock'])).toBe(true);
    expect(concernsEverybody(['RulePack/rules-2026'])).toBe(true);
    expect(concernsEverybody(['Member/91310000MA00BNKB1D'])).toBe(true);
    expect(concernsEverybody(['Holding/h', 'Order/o', 'Instruction/i'])).toBe(false);
  });
});
