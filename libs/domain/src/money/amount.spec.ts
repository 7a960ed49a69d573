import fc from 'fast-check';
import { displayAmount, formatAmount, isAmount, parseAmount, parseFen, sumFen } from './amount';
import { amountInWords } from './amount-in-words';

describe('amounts', () => {
  it.each([
    ['0', 0n],
    ['0.01', 1n],
    ['1.5', 150n],
    ['1234.56', 123456n],
    ['1000000000.00', 100_000_000_000n],
  ])('reads %s', (text, fen) => expect(parseAmount(text)).toBe(fen));

  it.each([
    '',
    ' 1',
    '1 ',
    '1e3',
    '0x10',
    '1.005',
    '-1',
    '-0',
    '+1',
    '９',
    '01',
    '00.10',
    '.5',
    '1.',
    '1,000',
    '1\n',
    'NaN',
    '1n',
    '9'.repeat(16),
  ])('refuses %j', (text) => {
    expect(isAmount(text)).toBe(false);
    expect(() => parseAmount(text)).toThrow(RangeError);
  });

  it('writes what it reads, also above 2^53', () => {
    fc.assert(fc.property(fc.bigInt(0n, 10n ** 17n - 1n), (fen) => parseAmount(formatAmount(fen)) === fen));
  });

  it('groups thousands for people and keeps the sign', () => {
    expect(displayAmount(123_456_789n)).toBe('1,234,567.89');
    expect(displayAmount(100_000n)).toBe('1,000.00');
    expect(formatAmount(-5n)).toBe('-0.05');
  });

  it.each(['1.0', '-1', '', '01', '1e3', '٣'])('refuses %j as fen', (text) =>
    expect(() => parseFen(text)).toThrow(RangeError),
  );

  it('reads fen and adds them up', () =>
    expect(sumFen([parseFen('9007199254740993'), parseFen('0')])).toBe(9007199254740993n));
});

describe('capital amounts (大写金额)', () => {
  it.each([
    [0n, '零元整'],
    [1n, '壹分'],
    [10n, '壹角整'],
    [105n, '壹元零伍分'],
    [150n, '壹元伍角整'],
    [123_456n, '壹仟贰佰叁拾肆元伍角陆分'],
    [140_950n, '壹仟肆佰零玖元伍角整'],
    [600_714n, '陆仟零柒元壹角肆分'],
    [32_504n, '叁佰贰拾伍元零肆分'],
    [1_000_000n, '壹万元整'],
    [1_000_100n, '壹万零壹元整'],
    [1_100_000n, '壹万壹仟元整'],
    [10_000_100_000n, '壹亿零壹仟元整'],
    [10_010_000n, '壹拾万零壹佰元整'],
    [100_000_000_000n, '壹拾亿元整'],
    [10_000_000_100n, '壹亿零壹元整'],
    [99_999_999_999n, '玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
  ])('writes %s fen', (fen, words) => expect(amountInWords(fen)).toBe(words));

  it('refuses what has no words', () => {
    expect(() => amountInWords(-1n)).toThrow(RangeError);
    expect(() => amountInWords(10n ** 18n)).toThrow(RangeError);
  });

  it('gives different words to different amounts', () => {
    const amount = fc.bigInt(0n, 100_000_000_000n);
    fc.assert(fc.property(amount, amount, (a, b) => (a === b) === (amountInWords(a) === amountInWords(b))));
  });
});
