import { acceptOffer, Consortium, OPERATOR } from '@tallystick/chaincode/testing';
import type { Block, Ledger } from '@tallystick/ledger';
import type { DataSource } from 'typeorm';
import { Database } from '../database/database';
import { appSource } from '../database/source';
import { silentAlarms } from '../testing/alarms';
import { testDatabase, type TestDatabase } from '../testing/database';
import { smallTrade, type SmallTrade } from '../testing/projection';
import { Ledgers } from './ledger-access';
import { Projector } from './projector';
import { rebuild } from './rebuild';
import { ReconciliationService, type Reconciliation } from './reconciliation.service';

describe('reconciliation', () => {
  let consortium: Consortium;
  let trade: SmallTrade;
  let database: TestDatabase;
  let source: DataSource;
  let db: Database;
  let projector: Projector;
  let ledger: Ledger;
  let read = 0n;

  beforeAll(async () => {
    database = await testDatabase();
    source = await appSource(database.databaseUrl, 4).initialize();
    db = new Database(source);
    consortium = await Consortium.open();
    trade = await smallTrade(consortium);
    ledger = consortium.network.ledgerFor(OPERATOR);
    projector = new Projector(OPERATOR, db, silentAlarms());
    await next();
  });
  afterAll(async () => {
    await consortium.close();
    await source.destroy();
    await database.drop();
  });

  /** Projects what the ledger has now. */
  async function next(): Promise<void> {
    for (const height = await ledger.height(); read < height; read += 1n) {
      await projector.apply([(await ledger.block(read)) as Block]);
    }
  }

  /** @param meanwhile happens before the first record is compared */
  function reconcile(meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<Reconciliation> {
    let happened: Promise<void> | null = null;
    const slow: Ledger = {
      ...ledger,
      mspId: OPERATOR,
      height: () => ledger.height(),
      block: (number) => ledger.block(number),
      evaluate: async (query) => {
        await (happened ??= meanwhile());
        return ledger.evaluate(query);
      },
    };
    const ledgers = new Ledgers({ ledgerFor: () => slow }, [OPERATOR]);
    return new ReconciliationService(ledgers, db, silentAlarms()).reconcile(OPERATOR);
  }

  it('finds no difference, and keeps no block waiting while it compares', async () => {
    const before = read;
    const found = await reconcile(async () => {
      await acceptOffer(consortium, trade.waiting, trade.third);
      await next();
    });
    expect(read).toBeGreaterThan(before);
    expect(found).toMatchObject({ height: before, differences: [] });
    expect(await reconcile()).toMatchObject({ height: read, differences: [] });
  });

  it.each([
    ['a record', `UPDATE record SET body = body || '{"depth": 9}'`, 'RECORD_DIFFERS'],
    ['a record that the ledger lacks', `UPDATE record SET ref = 'Holding/none'`, 'RECORD_NOT_ON_LEDGER'],
    ['an opening', `UPDATE opening SET body = body || '{"owner": "nobody"}'`, 'OPENING_DIFFERS'],
    ['a sight that is gone', 'DELETE FROM sight', 'SIGHT_MISSING'],
    ['a sight that nobody gave', `UPDATE sight SET member = 'nobody'`, 'SIGHT_NOT_DERIVED'],
  ])('names %s', async (_, change, what) => {
    const ref = `Holding/${trade.passed.holding.holding}`;
    await db.withSystem((manager) => manager.query(`${change} WHERE org = $1 AND ref = $2`, [OPERATOR, ref]));
    const { differences } = await reconcile();
    await rebuild(ledger, db, silentAlarms());
    expect(differences.map((difference) => difference.what)).toContain(what);
  });
});
