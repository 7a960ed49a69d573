import { complaintsOf, emptyReceiver, formOf, remainderFen } from './transfer-draft';

const receiver = { ...emptyReceiver('a'), member: 'M', amount: '1,000.00', contractNo: ' C-1 ' };

describe('parts to pass on', () => {
  it('leave the remainder to the sender, to the cent', () => {
    expect(remainderFen(150_001n, [receiver, { ...receiver, amount: '500' }])).toBe(1n);
    expect(remainderFen(150_001n, [{ ...receiver, amount: '1e3' }])).toBe(150_001n);
  });

  it('need a receiver, an amount and the contract behind them', () => {
    expect(complaintsOf(1n, [emptyReceiver('a')])).toEqual({
      'receivers.0.member': 'member',
      'receivers.0.amount': 'amount',
      'receivers.0.background.contractNo': 'contractNo',
    });
    expect(complaintsOf(100_000n, [receiver])).toEqual({});
  });

  it('are together no more than what is held', () => {
    const two = [receiver, { ...receiver, amount: '0.01' }];
    expect(complaintsOf(100_000n, two)).toEqual({ 'receivers.1.amount': 'tooMuch' });
    expect(complaintsOf(100_001n, two)).toEqual({});
  });

  it('are asked for as the wire writes them', () => {
    expect(formOf([receiver])).toEqual({
      receivers: [
        {
          member: 'M',
          amount: { amount: '1000.00', currency: 'CNY' },
          background: { contractNo: 'C-1', invoiceNo: '', note: '' },
        },
      ],
    });
  });
});
