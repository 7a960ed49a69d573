import { Consortium, OPERATOR } from '@tallystick/chaincode/testing';
import type { Block } from '@tallystick/ledger';
import type { DataSource } from 'typeorm';
import { Database } from '../database/database';
import { appSource } from '../database/source';
import { silentAlarms } from '../testing/alarms';
import { testDatabase, type TestDatabase } from '../testing/database';
import { ORGS, smallTrade, type SmallTrade } from '../testing/projection';
import { ChainBroken } from './checkpoint';
import { dumpHash, emptyProjection } from './dump';
import { catchUp } from './follower';
import { Projector } from './projector';
import { rebuild } from './rebuild';

describe('projection', () => {
  let consortium: Consortium;
  let trade: SmallTrade;
  let database: TestDatabase;
  let source: DataSource;
  let db: Database;
  const alarms = silentAlarms();

  const query = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    db.withSystem((manager) => manager.query<Row[]>(sql, parameters));
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
    // Also at a bank that is only invited: the invitation shows the instructions behind the piece. No instruction names an invoice.
    expect(
      await query(`SELECT org, ref FROM opening WHERE NOT proved AND type NOT IN ('Occupancy', 'Payment')`),
    ).toEqual([]);
  });

  it('gives each member the sights that it is entitled to, and no other', async () => {
    const { first, second, third, stranger } = trade;
    const seenBy = (ref: string) =>
      query<{ member: string; roles: string[] }>('SELECT member, roles FROM sight WHERE org = $1 AND ref = $2', [
        OPERATOR,
        ref,
      ]);
    expect(await seenBy(`Holding/${trade.passed.holding.holding}`)).toEqual([
      { member: third.record.id, roles: ['owner'] },
    ]);
    const offers = await seenBy(`Order/${trade.waiting.transfer.order}`);
    expect(offers).toHaveLength(2);
    expect(offers).toEqual(
      expect.arrayContaining([
        { member: second.record.id, roles: ['sender'] },
        { member: third.record.id, roles: ['receiver'] },
      ]),
    );
    expect(await seenBy(`Quote/${trade.quoteA.quote.quote}`)).toEqual([
      { member: first.record.id, roles: ['applicant'] },
    ]);
    expect(await query('SELECT 1 FROM sight WHERE member = $1', [stranger.record.id])).toEqual([]);
    const { bankA, bankB } = consortium.firms;
    const banks = await query('SELECT member, ref FROM sight WHERE type = $1 AND member IN ($2, $3)', [
      'Quote',
      bankA.record.id,
      bankB.record.id,
    ]);
    expect(banks).toHaveLength(2);
    expect(banks).toEqual(
      expect.arrayContaining([
        { member: bankA.record.id, ref: `Quote/${trade.quoteA.quote.quote}` },
        { member: bankB.record.id, ref: `Quote/${trade.quoteB.quote.quote}` },
      ]),
    );
  });

  it('is the same live, rebuilt, block by block, resumed and after a crash at any block (I20)', async () => {
    const ledger = consortium.network.ledgerFor(OPERATOR);
    const before = await dump(OPERATOR);
    await rebuild(ledger, db, alarms);
    expect(await dump(OPERATOR)).toBe(before);

    await db.withSystem((manager) => emptyProjection(manager, OPERATOR));
    const height = await ledger.height();
    let projector = new Projector(OPERATOR, db, alarms);
    for (let number = 0n; number < height; number += 1n) {
      const block = (await ledger.block(number)) as Block;
      const crash = () => Promise.reject(new Error('killed before the commit'));
      await expect(projector.apply([block], crash)).rejects.toThrow('killed');
      if (number % 3n === 0n) projector = new Projector(OPERATOR, db, alarms);
      await projector.apply([block]);
      await expect(projector.apply([block])).rejects.toThrow(ChainBroken);
    }
    expect(await dump(OPERATOR)).toBe(before);
    expect(alarms.raised).toEqual([]);
  });

  it('stops at a gap and at a block of another chain', async () => {
    const ledger = consortium.network.ledgerFor(OPERATOR);
    await db.withSystem((manager) => emptyProjection(manager, OPERATOR));
    const [zero, one, two] = (await Promise.all([0n, 1n, 2n].map((number) => ledger.block(number)))) as [
      Block,
      Block,
      Block,
    ];
    const projector = new Projector(OPERATOR, db, alarms);
    await projector.apply([zero, one]);
    await expect(projector.apply([{ ...two, number: 3n }])).rejects.toThrow(ChainBroken);
    await expect(projector.apply([{ ...two, previousHash: 'ff'.repeat(32) }])).rejects.toThrow(ChainBroken);
    await catchUp(ledger, projector, 2n);
  });
});
