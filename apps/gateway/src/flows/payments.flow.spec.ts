import type { Operation } from '@tallystick/protocol';
import { Database } from '../database/database';
import { appSource } from '../database/source';
import { EventsService, type Notice } from '../events/events.service';
import { dumpHash } from '../projection/dump';
import { rebuild } from '../projection/rebuild';
import { ReconciliationService } from '../projection/reconciliation.service';
import { silentAlarms } from '../testing/alarms';
import { testDatabase } from '../testing/database';
import { activeCertificate, until, yuan, type ActiveCertificate } from '../testing/stories';
import { tradeGateway, type TradeGateway } from '../testing/trade';

interface Payment {
  principal: unknown;
  interest: unknown;
  state: string;
  holding: string | null;
}

describe('payees on other hosts than the payers’', () => {
  let trade: TradeGateway;
  let active: ActiveCertificate;
  const notices: Notice[] = [];
  beforeAll(async () => {
    trade = await tradeGateway();
    trade.app.get(EventsService).listen((notice) => notices.push(notice));
    active = await activeCertificate(trade);
    const [, second] = trade.consortium.firms.suppliers;
    const offered = await trade.done(trade.consortium.firms.suppliers[0]!, `/holdings/${active.holding}/transfers`, {
      receivers: [
        {
          member: second!.record.id,
          amount: yuan('400000.00'),
          background: { contractNo: 'HT-2', invoiceNo: '', note: '' },
        },
      ],
    });
    const order = (offered.steps[0]!.instruction!.body['offers'] as { order: string }[])[0]!.order;
    await trade.done(second!, `/transfers/${order}/acceptance`);
    trade.consortium.goTo('2026-09-10');
    const paid: Operation = await trade.done(
      trade.consortium.firms.core,
      `/certificates/${active.certificate}/settlements`,
      {},
    );
    expect(paid.state).toBe('recorded');
    await until(async () => (await trade.record('Certificate', active.certificate))?.status === 'settled', 60);
  });
  afterAll(() => trade.close());

  const paymentsOf = async (supplier: number): Promise<Payment[]> => {
    const { maker } = trade.people(trade.consortium.firms.suppliers[supplier]!);
    const answer = await trade.request('GET', '/payments', { headers: maker.headers });
    return ((await answer.json()) as { items: Payment[] }).items;
  };

  it('see principal and late interest of their own shares, and of no other', async () => {
    await until(async () => (await paymentsOf(1)).every(({ principal }) => principal !== null));
    // Ten days late, 0.05 % a day.
    const shares = [
      [0, '600000.00', '3000.00'],
      [1, '400000.00', '2000.00'],
    ] as const;
    for (const [supplier, principal, interest] of shares) {
      const payments = await paymentsOf(supplier);
      expect(payments).toMatchObject([{ principal: yuan(principal), interest: yuan(interest), state: 'credited' }]);
    }
    expect(await paymentsOf(3)).toEqual([]);
    expect(await trade.opening('OperatorMSP', 'Page', 'x')).toBeNull();
    const pages = await trade.rows(`SELECT 1 FROM opening WHERE org = 'OperatorMSP' AND type = 'Page'`);
    expect(pages).toEqual([]);
  });

  it('and everyone else hear only of what concerns them', async () => {
    const rows = await trade.rows('SELECT org, member, ref FROM sight');
    const seen = new Set(
      rows.map(({ org, member, ref }) => `${String(org)} ${String(member)} ${String(ref).toLowerCase()}`),
    );
    const things = notices.filter(({ resource }) =>
      rows.some(({ ref }) => String(ref).toLowerCase().startsWith(`${resource}/`)),
    );
    expect(things.length).toBeGreaterThan(10);
    for (const { org, member, resource, id } of things) {
      expect(seen).toContain(`${org} ${member} ${resource}/${id.toLowerCase()}`);
    }
    const stranger = trade.consortium.firms.suppliers[3]!.record.id;
    expect(things.filter(({ member }) => member === stranger)).toEqual([]);
    const payee = trade.consortium.firms.suppliers[1]!.record.id;
    expect(things.some(({ member, resource }) => member === payee && resource === 'payment')).toBe(true);
  });

  it('stand in every read model as the ledger says, read live or anew (I20)', async () => {
    await trade.caughtUp();
    const fresh = await testDatabase();
    const source = await appSource(fresh.databaseUrl, 2).initialize();
    try {
      const [live, anew] = [trade.app.get(Database), new Database(source)];
      for (const org of trade.consortium.network.mspIds) {
        expect((await trade.app.get(ReconciliationService).reconcile(org)).differences).toEqual([]);
        await rebuild(trade.consortium.network.ledgerFor(org), anew, silentAlarms());
        const dump = (db: Database) => db.withSystem((manager) => dumpHash(manager, org));
        expect(await dump(anew)).toBe(await dump(live));
      }
    } finally {
      await source.destroy();
      await fresh.drop();
    }
  });
});
