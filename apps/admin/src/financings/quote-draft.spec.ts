import { emptyFee, quoteFormOf } from './quote-draft';

const fee = { key: 'a', name: 'handling', payee: 'bank', amount: '1,200' };

describe('a price', () => {
  it('is given as the wire writes it', () => {
    expect(quoteFormOf({ rate: ' 3.85 ', basis: 'ACT_360', fees: [fee] })).toEqual({
      rate: '3.85',
      basis: 'ACT_360',
      fees: [{ name: 'handling', payee: 'bank', amount: { amount: '1200.00', currency: 'CNY' } }],
    });
  });

  it.each(['', '3,85', '100', '-1', '1e1', '3.12345', '03'])('is not given with the rate %j', (rate) => {
    expect(quoteFormOf({ rate, basis: 'ACT_360', fees: [] })).toBeNull();
  });

  it('is not given while a fee is incomplete', () => {
    expect(quoteFormOf({ rate: '3', basis: 'ACT_365', fees: [fee, emptyFee('b')] })).toBeNull();
    expect(quoteFormOf({ rate: '3', basis: 'ACT_365', fees: [{ ...fee, amount: '0' }] })).toBeNull();
  });
});
