import type { Operation } from '@tallystick/protocol';
import { tradeGateway, type TradeGateway } from '../testing/trade';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });

describe('a payable becomes a certificate and is passed on', () => {
  let trade: TradeGateway;
  beforeAll(async () => {
    trade = await tradeGateway();
  });
  afterAll(() => trade.close());

  it('line, issue, acceptance, offer, acceptance: each signed by two people and recorded', async () => {
    const { bankA, core, suppliers } = trade.consortium.firms;
    const [first, second] = suppliers;
    if (first === undefined || second === undefined) throw new Error('no suppliers');
    const granted = await trade.done(bankA, '/lines', {
      issuer: core.record.id,
      limit: yuan('10000000.00'),
      until: '2026-12-31',
    });
    expect(granted).toMatchObject({ state: 'recorded', needs: [] });
    const line = granted.steps[0]!.instruction!.body['line'] as string;

    const issued = await trade.done(core, '/certificates', {
      line,
      creditor: first.record.id,
      dueDate: '2026-08-31',
      invoices: [
        {
          number: '26110000000000000001',
          date: '2026-02-20',
          grossAmount: yuan('1130000.00'),
          amount: yuan('1000000.00'),
          deliveredOn: '2026-02-25',
        },
      ],
      contractNo: 'HT-1',
    });
    expect(issued).toMatchObject({ state: 'recorded', summary: { amount: yuan('1000000.00') } });
    const certificate = (issued.steps[0]!.instruction!.body['certificates'] as { id: string }[])[0]!.id;

    const accepted = await trade.done(first, `/certificates/${certificate}/acceptance`);
    expect(accepted.state).toBe('recorded');
    const holding = accepted.steps[0]!.instruction!.body['holding'] as string;

    const offered = await trade.done(first, `/holdings/${holding}/transfers`, {
      receivers: [{ member: second.record.id, amount: yuan('400000.00'), background: { contractNo: 'HT-2' } }],
    });
    expect(offered.state).toBe('recorded');
    const { order } = (offered.steps[0]!.instruction!.body['offers'] as { order: string }[])[0]!;

    const taken = await trade.done(second, `/transfers/${order}/acceptance`);
    expect(taken).toMatchObject({ state: 'recorded', summary: { amount: yuan('400000.00') } } satisfies
      Partial<Operation> | object);
  });
});
