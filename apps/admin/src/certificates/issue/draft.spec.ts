import { emptyDraft, emptyInvoice, faceFen, formOf, stepOf, takeOver, termsComplaints, tradeComplaints } from './draft';

const invoice = {
  key: 'a',
  number: 'INV-1',
  date: '2026-11-01',
  grossAmount: '1,130.00',
  amount: '1,000.00',
  deliveredOn: '2026-10-28',
};
const draft = {
  ...emptyDraft('a'),
  creditor: '91000000MA00000000',
  contractNo: 'C-1',
  invoices: [invoice],
  line: 'f'.repeat(64),
  dueDate: '2027-03-01',
};
const bounds = { today: '2026-11-23', latest: '2027-05-23', availableFen: 100_000n };

describe('a certificate to issue', () => {
  it('has as face the sum of what is claimed of its invoices', () => {
    expect(faceFen({ invoices: [invoice, { ...invoice, amount: '0.05' }, emptyInvoice('c')] })).toBe(100_005n);
  });

  it('says what is missing, by field', () => {
    expect(tradeComplaints(emptyDraft('a'))).toEqual({
      creditor: 'creditor',
      contractNo: 'contractNo',
      'invoices.0.number': 'number',
      'invoices.0.date': 'date',
      'invoices.0.deliveredOn': 'date',
      'invoices.0.grossAmount': 'amount',
      'invoices.0.amount': 'amount',
    });
    expect(tradeComplaints(draft)).toEqual({});
  });

  it('claims no more of an invoice than its total', () => {
    const claimed = { ...draft, invoices: [{ ...invoice, amount: '1130.01' }] };
    expect(tradeComplaints(claimed)).toEqual({ 'invoices.0.amount': 'tooMuch' });
  });

  it('needs a line that has enough, a day to come, and a reason for a long term', () => {
    expect(termsComplaints(draft, bounds)).toEqual({});
    expect(termsComplaints(draft, { ...bounds, availableFen: 99_999n })).toEqual({ line: 'tooMuchForLine' });
    expect(termsComplaints({ ...draft, line: '', dueDate: '2026-11-23' }, bounds)).toEqual({
      line: 'line',
      dueDate: 'dueDate',
    });
    const long = { ...draft, dueDate: '2027-05-24' };
    expect(termsComplaints(long, bounds)).toEqual({ longTenorReason: 'longTenorReason' });
    expect(termsComplaints({ ...long, longTenorReason: 'custom of the industry' }, bounds)).toEqual({});
  });

  it('is asked for with amounts as the wire writes them, and a reason only where one is needed', () => {
    const form = formOf({ ...draft, longTenorReason: 'left over' }, bounds.latest);
    expect(form.invoices[0]?.amount).toEqual({ amount: '1000.00', currency: 'CNY' });
    expect(form).not.toHaveProperty('longTenorReason');
    expect(formOf({ ...draft, dueDate: '2027-06-01', longTenorReason: ' why ' }, bounds.latest)).toHaveProperty(
      'longTenorReason',
      'why',
    );
  });

  it('takes over what an invoice file says and keeps what was typed', () => {
    const read = {
      form: { creditor: 'X', invoices: [{ number: 'INV-2', amount: { amount: '5.00', currency: 'CNY' as const } }] },
      found: [],
      notices: [],
    };
    const filled = takeOver({ ...emptyDraft('a'), contractNo: 'typed' }, read, () => 'n');
    expect(filled.invoices).toEqual([{ ...emptyInvoice('n'), number: 'INV-2', amount: '5.00' }]);
    expect(filled).toMatchObject({ creditor: 'X', contractNo: 'typed' });
    expect(takeOver(draft, read, () => 'n').invoices.map(({ number }) => number)).toEqual(['INV-1', 'INV-2']);
    expect(takeOver(draft, { ...read, form: { invoices: [] } }, () => 'n').invoices).toEqual([invoice]);
  });

  it.each([
    ['invoices.0.amount', 0],
    ['creditor', 0],
    ['dueDate', 1],
    ['line', 1],
  ])('finds %s in step %s', (path, step) => {
    expect(stepOf(path)).toBe(step);
  });
});
