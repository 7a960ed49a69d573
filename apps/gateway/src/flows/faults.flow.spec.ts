import type { Call, Ledger, LedgerNetwork, SubmitResult } from '@tallystick/ledger';
import type { Operation } from '@tallystick/protocol';
import { PayingBanks } from '../automation/paying-banks';
import type { Misbehaviour } from '../paying-bank/ledger-of-accounts';
import { Ledgers } from '../projection/ledger-access';
import { activeCertificate, lineOf, offeredCertificate, until, yuan } from '../testing/stories';
import { tradeGateway, type TradeGateway } from '../testing/trade';

type Death = 'alive' | 'beforeOrdering' | 'afterCommit';

/** A network whose client stops dead in the middle of a submission, as a killed process would. */
class DoomedNetwork {
  death: Death = 'alive';
  private readonly ends: (() => void)[] = [];

  constructor(private readonly network: LedgerNetwork) {}

  ledgerFor(msp: string): Ledger {
    const ledger = this.network.ledgerFor(msp);
    return new Proxy(ledger, {
      get: (target, name) => {
        if (name === 'submit') return (call: Call) => this.submit(target, call);
        const value = Reflect.get(target, name, target) as unknown;
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }

  /** Lets what hangs go, so that the test can end. */
  bury(): void {
    for (const end of this.ends) end();
  }

  private async submit(ledger: Ledger, call: Call): Promise<SubmitResult> {
    if (this.death === 'alive') return ledger.submit(call);
    const hang = (): Promise<never> =>
      new Promise((_, reject) => {
        this.ends.push(() => {
          reject(new Error('buried'));
        });
      });
    if (this.death === 'afterCommit') {
      await ledger.submit(call);
      return hang();
    }
    const { onEndorsed, ...rest } = call;
    return ledger.submit({
      ...rest,
      onEndorsed: async (txId) => {
        await onEndorsed?.(txId);
        await hang();
      },
    });
  }
}

describe('what fails on the way', () => {
  it.each<Death>(['beforeOrdering', 'afterCommit'])(
    'a worker that dies %s: the next start goes on, and it happens once',
    async (death) => {
      const doomed = await tradeGateway();
      const { consortium, database, config } = doomed;
      const line = await lineOf(doomed);
      const network = new DoomedNetwork(consortium.network);
      await doomed.close({ keep: true });

      const dying = await tradeGateway({
        consortium,
        database,
        home: config.home,
        known: doomed,
        ledgers: new Ledgers(network, consortium.network.mspIds),
      });
      network.death = death;
      const { core, suppliers } = consortium.firms;
      const people = dying.people(core);
      const form = {
        line,
        creditor: suppliers[0]!.record.id,
        dueDate: '2026-08-31',
        invoices: [
          {
            number: '1',
            date: '2026-02-20',
            grossAmount: yuan('1000.00'),
            amount: yuan('1000.00'),
            deliveredOn: '2026-02-25',
          },
        ],
        contractNo: 'x',
      };
      const drafted = (await dying.draft(people.maker, '/certificates', form)).body as Operation;
      const signed = (await dying.sign(people.maker, drafted, 0)).body as Operation;
      await dying.sign(people.checker, signed, 0);
      await until(
        async () => (await dying.rows(`SELECT 1 FROM ledger_submissions WHERE state = 'submitted'`)).length === 1,
      );
      const height = await consortium.network.ledgerFor('CoreMSP').height();
      // Its jobs stay locked, as those of a killed process do; only nobody holds the lock of the living any more.
      const locked = await dying.rows(`SELECT 1 FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL`);
      expect(locked.length).toBeGreaterThan(0);
      await dying.rows(
        `SELECT graphile_worker.force_unlock_workers(array(SELECT DISTINCT locked_by FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL))`,
      );

      network.death = 'alive';
      const next = await tradeGateway({ consortium, database, home: config.home, known: doomed });
      await until(
        async () =>
          (await next.rows(`SELECT state FROM operations WHERE id = '${drafted.id}'`))[0]!['state'] === 'recorded',
      );
      const grown = (await consortium.network.ledgerFor('CoreMSP').height()) - height;
      expect(death === 'afterCommit' ? grown === 0n : grown >= 1n).toBe(true);
      expect((await next.opening('CoreMSP', 'Line', line))?.usedFen).toBe('100000');
      network.bury();
      await Promise.all([dying.close({ keep: true }), next.close({ keep: true })]);
      await database.drop();
      await consortium.close();
    },
  );

  describe('on a network that errs', () => {
    let trade: TradeGateway;
    beforeAll(async () => {
      trade = await tradeGateway();
    });
    afterAll(() => trade.close());

    it('a lost reply is asked for, and a transaction sent twice counts once', async () => {
      const { faults } = trade.consortium.embedded;
      faults.dropReplies('CoreMSP', 1);
      faults.sendTwice('BankAMSP', 1);
      const line = await lineOf(trade);
      const certificate = await offeredCertificate(trade, line);
      expect((await trade.record('Certificate', certificate))?.status).toBe('offered');
      expect((await trade.opening('CoreMSP', 'Line', line))?.usedFen).toBe('100000000');
      const rows = await trade.rows(
        `SELECT attempts, state FROM ledger_submissions WHERE call = 'certificate.issueMany'`,
      );
      expect(rows).toEqual([{ attempts: 1, state: 'recorded' }]);
    });

    it('an issuer’s peer that is down holds nobody up, and its copy follows when it is back', async () => {
      const { suppliers } = trade.consortium.firms;
      const { line } = await activeCertificate(trade);
      const certificate = await offeredCertificate(trade, line, { amount: '2000.00' });
      const { faults } = trade.consortium.embedded;
      faults.setDown('CoreMSP', true);
      const accepted = await trade.done(suppliers[0]!, `/certificates/${certificate}/acceptance`);
      expect(accepted.state).toBe('recorded');
      const holding = accepted.steps[0]!.instruction!.body['holding'] as string;
      expect(await trade.opening('CoreMSP', 'Holding', holding)).toBeNull();
      faults.setDown('CoreMSP', false);
      await until(async () => (await trade.opening('CoreMSP', 'Holding', holding)) !== null, 40);
    });

    it('a declined certificate gives its line back by itself', async () => {
      const { suppliers } = trade.consortium.firms;
      const line = await lineOf(trade);
      const certificate = await offeredCertificate(trade, line);
      const declined = await trade.done(suppliers[0]!, `/certificates/${certificate}/refusal`, { reason: 'no goods' });
      expect(declined.state).toBe('recorded');
      await until(async () => (await trade.opening('CoreMSP', 'Line', line))?.usedFen === '0');
    });

    it('a bank that answers twice, out of order or not at all, rejects, returns and is wrong about amounts: every holder is paid once', async () => {
      const { core, suppliers } = trade.consortium.firms;
      const { certificate, holding } = await activeCertificate(trade, '300000.00');
      const to = suppliers
        .slice(1, 4)
        .map((firm) => ({ member: firm.record.id, amount: yuan('50000.00'), background: { contractNo: 'x' } }));
      const offered = await trade.done(suppliers[0]!, `/holdings/${holding}/transfers`, { receivers: to });
      for (const [index, { order }] of (
        offered.steps[0]!.instruction!.body['offers'] as { order: string }[]
      ).entries()) {
        const taken = await trade.done(suppliers[index + 1]!, `/transfers/${order}/acceptance`);
        expect(taken.state).toBe('recorded');
      }
      const erring: Misbehaviour[] = [
        'wrongAmount',
        'answerTwice',
        'reject',
        'returnAfterCredit',
        'silence',
        'outOfOrder',
      ];
      trade.app.get(PayingBanks).behaviour = () => erring.shift();
      trade.consortium.goTo('2026-08-31');
      const prepared = await trade.done(core, `/certificates/${certificate}/settlements`, {});
      const order = prepared.steps[0]!.instruction!.body['order'] as string;
      await until(async () => (await trade.record('Order', order))?.state === 'closed', 60);
      expect((await trade.record('Certificate', certificate))?.status).toBe('settled');
      const payments = await trade.rows(
        `SELECT kind, state, count(*)::int AS count, sum(amount_fen::numeric)::text AS fen FROM payment_orders
         WHERE org = 'BankAMSP' AND (subject = $1 OR subject LIKE $1 || '/%') GROUP BY kind, state ORDER BY kind, state`,
        [order],
      );
      const credited = payments.find(({ kind, state }) => kind === 'payout' && state === 'credited');
      expect(credited).toMatchObject({ count: 4, fen: '30000000' });
      const booked = await trade.rows(
        `SELECT count(*)::int AS count, count(DISTINCT end_to_end_id)::int AS ids FROM bank_payments`,
      );
      expect(booked[0]!['count']).toBe(booked[0]!['ids']);
      expect(erring).toEqual([]);
    }, 120_000);

    it('a paying bank answers nobody without its token', async () => {
      const [first] = [...trade.app.get(PayingBanks).all()];
      const [bank, { url }] = first!;
      expect((await fetch(`${url}/v1/${bank}/messages`, { headers: { client: 'x' } })).status).toBe(401);
    });
  });
});
