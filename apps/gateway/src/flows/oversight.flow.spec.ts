import type { Oversight } from '../oversight/oversight.view';
import { activeCertificate, offeredCertificate, until } from '../testing/stories';
import { tradeGateway, type Person, type TradeGateway } from '../testing/trade';

describe('oversight', () => {
  let trade: TradeGateway;
  beforeAll(async () => {
    trade = await tradeGateway();
  });
  afterAll(() => trade.close());

  const ask = ({ headers }: Person) => trade.request('GET', '/oversight', { headers });
  const seen = async (person: Person): Promise<Oversight> => (await (await ask(person)).json()) as Oversight;

  it('counts what is owed and overdue by issuer and paying bank, and no amount', async () => {
    const { operator, core } = trade.consortium.firms;
    const { line } = await activeCertificate(trade);
    await activeCertificate(trade, '2000.00');
    await offeredCertificate(trade, line, { amount: '3000.00' });
    await trade.caughtUp();
    const { maker } = trade.people(operator);
    const before = await seen(maker);
    const active = { active: 2, overdue: 0, defaulted: 0, settled: 0 };
    expect(before).toMatchObject({
      total: active,
      issuers: [{ ...active, issuer: { id: core.record.id }, reported: 0 }],
      payingBanks: [{ ...active, org: 'BankAMSP' }],
      financed: { open: 0, agreed: 0, funded: 0, ended: 0 },
    });
    expect(JSON.stringify(before)).not.toMatch(/amount|fen/iu);

    trade.consortium.goTo('2026-09-01');
    await until(async () => (await seen(maker)).issuers[0]?.reported === 2);
    expect((await seen(maker)).total).toEqual({ ...active, overdue: 2 });
    trade.consortium.goTo('2026-10-15');
    expect((await seen(maker)).total).toEqual({ ...active, overdue: 2, defaulted: 2 });
  });

  it('is for those who oversee', async () => {
    const { core, bankA, suppliers } = trade.consortium.firms;
    for (const firm of [core, bankA, suppliers[0]!]) expect((await ask(trade.people(firm).maker)).status).toBe(403);
  });
});
