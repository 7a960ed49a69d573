import { Consortium, OPERATOR } from '@tallystick/chaincode/testing';
import { DataSource } from 'typeorm';
import { Database } from '../database/database';
import { appSource } from '../database/source';
import { testDatabase, type TestDatabase } from '../testing/database';
import { ORGS, smallTrade, type SmallTrade } from '../testing/projection';
import { dumpHash } from './dump';
import { catchUp } from './follower';
import { Projector } from './projector';
import { rebuild } from './rebuild';
import { silentAlarms } from '../testing/alarms';

describe('projection', () => {
  let consortium: Consortium;
  let trade: SmallTrade;
  let database: TestDatabase;
  let source: DataSource;
  let db: Database;
  const alarms = silentAlarms();

  const query = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    db.withSystem((manager) => manager.query(sql, parameters) as Promise<Row[]>);
  const dump = (org: string): Promise<string> => db.withSystem((manager) => dumpHash(manager, org));

  beforeAll(async () => {
    database = await testDatabase();
    source = await appSource(database.databaseUrl, 4).initialize();
    db = new Database(source);
    consortium = await Consortium.open();
    trade = await smallTrade(consortium);
    for (const org of ORGS) await catchUp(consortium.network.ledgerFor(org), new Projector(org, db, alarms), 0n);
  });
  afterAll(async () => {
    await consortium.close();
    await source.destroy();
    await database.drop();
  });

  it('believes everything that honest contracts wrote', async () => {
    expect(alarms.raised).toEqual([]);
    expect(await query('SELECT ref, counterfeit FROM record WHERE counterfeit IS NOT NULL')).toEqual([]);
    expect(
      await query('SELECT ref FROM opening WHERE NOT proved AND type IN ($1, $2)', ['Holding', 'Certificate']),
    ).toEqual([]);
  });

  it('gives each member the sights that it is entitled to, and no other', async () => {
    const [first, second, third] = consortium.firms.suppliers.map(({ record }) => record.id);
    const rows = await query<{ member: string; roles: string[] }>(
      `SELECT member, roles FROM sight WHERE org = $1 AND ref = $2 ORDER BY member`,
      [OPERATOR, `Holding/${trade.third.holding}`],
    );
    expect(rows).toEqual([{ member: third, roles: ['owner'] }]);
    const offers = await query<{ member: string; roles: string[] }>(`SELECT member, roles FROM sight WHERE ref = $1`, [
      `Order/${trade.orders[0]}`,
    ]);
    expect(offers).toHaveLength(2);
    expect(offers).toEqual(
      expect.arrayContaining([
        { member: first, roles: ['sender'] },
        { member: second, roles: ['receiver'] },
      ]),
    );
  });

  it('is the same live, rebuilt, block by block and from any checkpoint', async () => {
    const ledger = consortium.network.ledgerFor(OPERATOR);
    const before = await dump(OPERATOR);
    await rebuild(ledger, db, alarms);
    expect(await dump(OPERATOR)).toBe(before);
  });
});
