import { hashParts } from '@tallystick/crypto';
import type { Operation } from '@tallystick/protocol';
import { Payments } from '../automation/payments.service';
import { ledgerKeyOf } from '../projection/record-ref';
import { activeCertificate, lineOf, offeredCertificate, until, yuan } from '../testing/stories';
import { tradeGateway, type TradeGateway } from '../testing/trade';

const DAY_MS = 86_400_000;
const CHECKLIST = { documents: true, occupancy: true, fingerprint: true, limits: true, registrySearch: true };
const body = (operation: Operation): Record<string, unknown> => operation.steps[0]?.instruction?.body ?? {};

describe('what organisations do, and leave undone, by themselves', () => {
  let trade: TradeGateway;
  beforeAll(async () => {
    trade = await tradeGateway();
  });
  afterAll(() => trade.close());

  const count = async (sql: string, ...parameters: unknown[]): Promise<number> =>
    (await trade.rows(sql, parameters)).length;
  /** Whether an organisation saw the instruction behind an opening. */
  const prove = (org: string, ref: string, proved: boolean) =>
    trade.rows('UPDATE opening SET proved = $3 WHERE org = $1 AND ref = $2', [org, ref, proved]);
  const get = async (operation: Operation): Promise<Operation> => {
    const headers = trade.people(trade.consortium.firms.suppliers[1]!).maker.headers;
    return (await (await trade.request('GET', `/operations/${operation.id}`, { headers })).json()) as Operation;
  };

  it('a record that is not believed is flagged on the ledger, once', async () => {
    const { certificate } = await activeCertificate(trade);
    const ref = `Certificate/${certificate}`;
    const flag = hashParts('tallystick/flag/1', ledgerKeyOf(ref));
    expect(await trade.record('Flag', flag)).toBeNull();
    await trade.rows(`UPDATE record SET counterfeit = 'UNDERTAKING_INVALID' WHERE org = 'BankBMSP' AND ref = $1`, [
      ref,
    ]);
    await until(async () => (await trade.record('Flag', flag)) !== null);
    expect(await trade.record('Flag', flag)).toMatchObject({ by: 'BankBMSP', reason: 'UNDERTAKING_INVALID' });
    trade.consortium.advance(1_000);
    await lineOf(trade, '1000.00');
    expect(await count(`SELECT 1 FROM ledger_submissions WHERE call = 'network.flag'`)).toBe(1);
  });

  it.each(['Holding', 'Certificate'])(
    'a transfer is not accepted when the instruction behind the %s is missing',
    async (type) => {
      const [sender, receiver] = trade.consortium.firms.suppliers;
      const { certificate, holding } = await activeCertificate(trade);
      const receivers = [{ member: receiver!.record.id, amount: yuan('1000.00'), background: { contractNo: 'x' } }];
      const offered = await trade.done(sender!, `/holdings/${holding}/transfers`, { receivers });
      const [offer] = body(offered)['offers'] as { order: string; piece: { id: string } }[];
      const { maker, checker } = trade.people(receiver!);
      const drafted = (await trade.draft(maker, `/transfers/${offer!.order}/acceptance`)).body as Operation;
      const signed = (await trade.sign(maker, drafted, 0)).body as Operation;
      await prove(
        'OperatorMSP',
        type === 'Holding' ? `Holding/${offer!.piece.id}` : `Certificate/${certificate}`,
        false,
      );
      await trade.sign(checker, signed);
      expect(await get(drafted)).toMatchObject({
        state: 'refused',
        steps: [{ refusal: { code: 'OPENING_MISMATCH' } }],
      });
      expect(await trade.record('Order', offer!.order)).toMatchObject({ state: 'open' });
    },
  );

  describe('of a financing', () => {
    let order: string;
    let piece: string;
    beforeEach(async () => {
      const { bankB, suppliers } = trade.consortium.firms;
      const { holding } = await activeCertificate(trade);
      const form = { amount: yuan('400000.00'), banks: [bankB.record.id], recourse: false };
      const applied = await trade.done(suppliers[0]!, `/holdings/${holding}/financings`, form);
      order = body(applied)['order'] as string;
      piece = (body(applied)['piece'] as { id: string }).id;
      const quoted = await trade.done(bankB, `/financings/${order}/quotes`, { rate: '4.10' });
      await trade.done(suppliers[0]!, `/financings/${order}/quotes/${body(quoted)['quote'] as string}/acceptance`);
      await trade.done(bankB, `/financings/${order}/approval`, { checklist: CHECKLIST });
    });

    it('an agreement is not signed when the instruction behind its piece is missing', async () => {
      const owner = trade.consortium.firms.suppliers[0]!;
      const { maker, checker } = trade.people(owner);
      const drafted = (await trade.draft(maker, `/financings/${order}/signature`)).body as Operation;
      const signed = (await trade.sign(maker, drafted, 0)).body as Operation;
      await prove('OperatorMSP', `Holding/${piece}`, false);
      const ended = (await trade.sign(checker, signed)).body as Operation;
      expect(ended).toMatchObject({ state: 'refused', steps: [{ refusal: { code: 'OPENING_MISMATCH' } }] });
      expect(await trade.record('Agreement', order)).toMatchObject({ state: 'approved' });
    });

    it('a disbursement that could not be paid in its lifetime is expired, and pays nothing any more', async () => {
      const { bankB, suppliers } = trade.consortium.firms;
      await trade.done(suppliers[0]!, `/financings/${order}/signature`);
      await trade.done(bankB, `/financings/${order}/signature`);
      const paying = jest.spyOn(trade.app.get(Payments), 'order').mockRejectedValue(new Error('the bank is closed'));
      const { maker, checker } = trade.people(bankB);
      const drafted = (await trade.draft(maker, `/financings/${order}/disbursement`)).body as Operation;
      const signed = (await trade.sign(maker, drafted, 0)).body as Operation;
      await trade.sign(checker, signed, 0);
      await until(() => Promise.resolve(paying.mock.calls.length > 0));
      trade.consortium.advance(7 * DAY_MS + 1_000);
      await until(
        async () =>
          (await trade.rows('SELECT state FROM operations WHERE id = $1', [drafted.id]))[0]!['state'] === 'expired',
      );
      paying.mockRestore();
      expect(await count(`SELECT 1 FROM payment_orders WHERE kind = 'disbursement'`)).toBe(0);
      expect(await trade.record('Order', order)).toMatchObject({ state: 'agreed' });
    });
  });

  // Time only goes forward: what needs a later day comes last.
  it('a certificate that nobody accepted gives its line back once it has lapsed, not before', async () => {
    const line = await lineOf(trade);
    const certificate = await offeredCertificate(trade, line);
    const used = async () => (await trade.opening('CoreMSP', 'Line', line))?.usedFen;
    trade.consortium.advance(9 * DAY_MS);
    // Another certificate’s release shows that a round was made meanwhile.
    const other = await offeredCertificate(trade, line, { amount: '1000.00' });
    await trade.done(trade.consortium.firms.suppliers[0]!, `/certificates/${other}/refusal`, { reason: 'x' });
    await until(async () => (await used()) === '100000000');
    trade.consortium.advance(3 * DAY_MS);
    await until(async () => (await used()) === '0');
    expect(await trade.record('Certificate', certificate)).toMatchObject({ status: 'offered' });
  });

  it('a payment waits while the instruction behind a holding is missing, and goes on when it is there', async () => {
    const { core } = trade.consortium.firms;
    const { certificate, holding } = await activeCertificate(trade);
    trade.consortium.goTo('2026-08-31');
    await prove('BankAMSP', `Holding/${holding}`, false);
    const prepared = await trade.done(core, `/certificates/${certificate}/settlements`, {});
    const order = body(prepared)['order'] as string;
    await until(async () => (await trade.record('Order', order))?.state === 'funded');
    const rounds = await trade.consortium.network.ledgerFor('BankAMSP').height();
    await lineOf(trade, '1000.00');
    await until(async () => (await trade.consortium.network.ledgerFor('BankAMSP').height()) > rounds);
    expect(await trade.record('Order', order)).toMatchObject({ state: 'funded', pages: 0 });
    expect(await count(`SELECT 1 FROM ledger_submissions WHERE call = 'settlement.allocate'`)).toBe(0);
    await prove('BankAMSP', `Holding/${holding}`, true);
    await until(async () => (await trade.record('Order', order))?.state === 'closed');
  });
});
