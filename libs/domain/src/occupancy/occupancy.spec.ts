import { expectAccepted, expectRefusal } from '../refusal/refusal.testing';
import { decideOccupy } from './occupancy';

const grossFen = 11_300_000n;

describe('invoice occupancy', () => {
  it('T25: claims together stay within the invoice', () => {
    const first = { amountFen: 10_000_000n, dead: false };
    expect(expectAccepted(decideOccupy(null, { grossFen, amountFen: 10_000_000n }))).toEqual([]);
    const refusal = expectRefusal(
      decideOccupy({ grossFen, uses: [first] }, { grossFen, amountFen: 1_300_001n }),
      'INVOICE_OVERCLAIMED',
    );
    expect(refusal.details['availableFen']).toBe('1300000');
    expect(expectAccepted(decideOccupy({ grossFen, uses: [first] }, { grossFen, amountFen: 1_300_000n }))).toEqual([
      first,
    ]);
  });

  it('refuses a first claim above the invoice, and nothing at all', () => {
    expectRefusal(decideOccupy(null, { grossFen, amountFen: grossFen + 1n }), 'INVOICE_OVERCLAIMED');
    expectRefusal(decideOccupy(null, { grossFen, amountFen: 0n }), 'AMOUNT_TOO_SMALL');
  });

  it('says so when an invoice is used up', () => {
    expectRefusal(
      decideOccupy({ grossFen, uses: [{ amountFen: grossFen, dead: false }] }, { grossFen, amountFen: 1n }),
      'INVOICE_OCCUPIED',
    );
  });

  it('drops dead uses', () => {
    const uses = [
      { amountFen: grossFen, dead: true },
      { amountFen: 1n, dead: false },
    ];
    expect(expectAccepted(decideOccupy({ grossFen, uses }, { grossFen, amountFen: grossFen - 1n }))).toEqual([uses[1]]);
  });

  it('refuses another total for the same invoice', () => {
    expectRefusal(decideOccupy({ grossFen, uses: [] }, { grossFen: grossFen * 2n, amountFen: 1n }), 'INVOICE_MISMATCH');
  });
});
