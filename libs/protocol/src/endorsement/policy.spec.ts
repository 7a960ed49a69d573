import { signaturePolicy } from './policy';

describe('endorsement policy', () => {
  it('is the same bytes whatever the order of names', () => {
    expect(signaturePolicy(2, ['BankMSP', 'OperatorMSP', 'CoreMSP'])).toEqual(
      signaturePolicy(2, ['CoreMSP', 'BankMSP', 'OperatorMSP']),
    );
  });

  it('gives one principal to an organisation named in several rules', () => {
    const policy = signaturePolicy(2, ['AMSP', { n: 1, of: ['AMSP', 'BMSP'] }]);
    expect(Buffer.from(policy).toString('latin1').match(/AMSP/g)).toHaveLength(1);
  });

  it.each([
    ['n of zero', 0, ['AMSP']],
    ['n above the number of rules', 3, ['AMSP', 'BMSP']],
    ['a fraction', 1.5, ['AMSP', 'BMSP']],
    ['no rules', 1, []],
    ['an organisation named twice', 2, ['AMSP', 'AMSP']],
    ['an empty name', 1, ['', 'AMSP']],
    ['an unsound nested rule', 1, ['AMSP', { n: 2, of: ['BMSP'] }]],
  ])('refuses %s', (_, n, of) => {
    expect(() => signaturePolicy(n, of)).toThrow(RangeError);
  });
});
