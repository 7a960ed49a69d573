import type { Operation } from '@tallystick/protocol';
import { tradeGateway, type TradeGateway } from '../testing/trade';
import { activeCertificate, until, yuan, type ActiveCertificate } from '../testing/stories';

const body = (operation: Operation, step = 0): Record<string, unknown> => operation.steps[step]!.instruction!.body;

describe('cash before maturity, and payment at maturity', () => {
  let trade: TradeGateway;
  let active: ActiveCertificate;
  beforeAll(async () => {
    trade = await tradeGateway();
    active = await activeCertificate(trade);
  });
  afterAll(() => trade.close());

  it('two banks quote, the better one approves, signs after the owner, pays through the other bank and holds the claim', async () => {
    const { bankA, bankB, suppliers } = trade.consortium.firms;
    const owner = suppliers[0]!;
    const applied = await trade.done(owner, `/holdings/${active.holding}/financings`, {
      amount: yuan('400000.00'),
      banks: [bankA.record.id, bankB.record.id],
      recourse: false,
    });
    expect(applied).toMatchObject({ state: 'recorded' });
    expect(applied.steps.map(({ fn, state }) => `${fn} ${state}`)).toEqual([
      'apply recorded',
      'invite recorded',
      'invite recorded',
    ]);
    const order = body(applied)['order'] as string;
    const piece = (body(applied)['remainder'] as { id: string }).id;
    active.holding = piece;

    const quotes: string[] = [];
    for (const [bank, rate] of [
      [bankA, '4.35'],
      [bankB, '4.10'],
    ] as const) {
      const quoted = await trade.done(bank, `/financings/${order}/quotes`, { rate });
      expect(quoted.state).toBe('recorded');
      quotes.push(body(quoted)['quote'] as string);
    }
    const step = async (firm: typeof bankB, where: string, form?: unknown): Promise<void> => {
      const operation = await trade.done(firm, `/financings/${order}/${where}`, form);
      expect([where, operation.state, operation.steps[0]!.refusal]).toEqual([where, 'recorded', null]);
    };
    await step(owner, `quotes/${quotes[1]!}/acceptance`);
    const checklist = { documents: true, occupancy: true, fingerprint: true, limits: true, registrySearch: true };
    await step(bankB, 'approval', { checklist });
    await step(owner, 'signature');
    await step(bankB, 'signature');
    await step(bankB, 'disbursement');
    const paid = await trade.rows(`SELECT kind, bank, state FROM payment_orders WHERE kind = 'disbursement'`);
    expect(paid).toEqual([{ kind: 'disbursement', bank: 'BankAMSP', state: 'credited' }]);
  });

  it('the issuer pays in part, the bank shares it out to every holder, and late in full it is settled', async () => {
    const { core } = trade.consortium.firms;
    trade.consortium.goTo('2026-08-31');
    const part = await trade.done(core, `/certificates/${active.certificate}/settlements`, {
      amount: yuan('600000.00'),
    });
    expect(part.state).toBe('recorded');
    await until(async () => (await trade.record('Order', body(part)['order'] as string))?.state === 'closed');
    trade.consortium.goTo('2026-09-10');
    await until(
      async () => (await trade.record('Standing', core.record.id))?.overdue?.includes(active.certificate) === true,
    );
    const late = await trade.done(core, `/certificates/${active.certificate}/settlements`, {});
    expect(late.state).toBe('recorded');
    // 400,000.00 at 0.05 % a day for ten days.
    expect(late.summary.amount).toEqual(yuan('402000.00'));
    await until(async () => (await trade.record('Certificate', active.certificate))?.status === 'settled');
    await until(async () => (await trade.opening('CoreMSP', 'Line', active.line))?.usedFen === '0');
    const payouts = await trade.rows(
      `SELECT sum(amount_fen::numeric)::text AS fen, count(*)::int AS count FROM payment_orders WHERE kind = 'payout'`,
    );
    expect(payouts).toEqual([{ fen: '100200000', count: 4 }]);
  });
});
