import { readTypedAmount } from './typed-amount';

describe('a typed amount', () => {
  it.each([
    ['1234.56', 123_456n],
    ['1,234,567.89', 123_456_789n],
    [' 80000 ', 8_000_000n],
    ['0.01', 1n],
  ])('%j is read', (typed, fen) => {
    expect(readTypedAmount(typed)).toEqual({ ok: true, fen });
  });

  it.each([
    ['', 'empty'],
    ['1e3', 'shape'],
    ['-1', 'shape'],
    ['1.005', 'shape'],
    ['1,23', 'shape'],
    ['12,34,567', 'shape'],
    ['１２３', 'shape'],
    ['0', 'zero'],
    ['0.00', 'zero'],
    ['100.01', 'above'],
  ])('%j is refused: %s', (typed, why) => {
    expect(readTypedAmount(typed, 10_000n)).toEqual({ ok: false, why });
  });

  it('may be the whole of what there is', () => {
    expect(readTypedAmount('100.00', 10_000n)).toEqual({ ok: true, fen: 10_000n });
  });
});
