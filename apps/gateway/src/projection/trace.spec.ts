import { BANK_A, CORE, OPERATOR, Walk } from '@tallystick/chaincode/testing';
import type { Block } from '@tallystick/ledger';
import type { DataSource } from 'typeorm';
import { Database } from '../database/database';
import { appSource } from '../database/source';
import { silentAlarms } from '../testing/alarms';
import { testDatabase, type TestDatabase } from '../testing/database';
import { ChainBroken } from './checkpoint';
import { dumpHash, emptyProjection } from './dump';
import { Projector } from './projector';

const SEEDS = Number(process.env['SIMULATION_SEEDS'] ?? 2);
const OPERATIONS = Number(process.env['SIMULATION_OPS'] ?? 60);

describe.each(Array.from({ length: SEEDS }, (_, index) => `trace-${String(index + 1)}`))(
  'the random walk %s',
  (seed) => {
    let database: TestDatabase;
    let source: DataSource;
    let db: Database;
    let walk: Walk;
    beforeAll(async () => {
      database = await testDatabase();
      source = await appSource(database.databaseUrl, 4).initialize();
      db = new Database(source);
      walk = await Walk.open(seed);
      await walk.go(OPERATIONS);
    }, 300_000);
    afterAll(async () => {
      await walk.close();
      await source.destroy();
      await database.drop();
    });

    async function blocksOf(org: string): Promise<Block[]> {
      const ledger = walk.world.consortium.network.ledgerFor(org);
      const blocks: Block[] = [];
      for (let block = await ledger.block(0n); block !== null; block = await ledger.block(block.number + 1n))
        blocks.push(block);
      return blocks;
    }
    const hashOf = (org: string): Promise<string> => db.withSystem((manager) => dumpHash(manager, org));

    /** Projects in batches of these sizes, a new projector for each; answers the hash of all rows. */
    async function projected(org: string, blocks: readonly Block[], sizes: (at: number) => number): Promise<string> {
      const alarms = silentAlarms();
      await db.withSystem((manager) => emptyProjection(manager, org));
      for (let at = 0; at < blocks.length;) {
        const next = at + sizes(at);
        await new Projector(org, db, alarms).apply(blocks.slice(at, next));
        at = next;
      }
      // Honest organisations give no cause for alarm, whatever faults there were.
      expect(alarms.raised).toEqual([]);
      return hashOf(org);
    }

    it.each([OPERATOR, CORE, BANK_A])(
      'gives %s the same tables live, rebuilt and from any checkpoint (I20)',
      async (org) => {
        const blocks = await blocksOf(org);
        expect(blocks.length).toBeGreaterThan(50);
        const live = await projected(org, blocks, () => 1);
        expect(await projected(org, blocks, () => blocks.length)).toBe(live);
        const third = Math.floor(blocks.length / 3);
        expect(await projected(org, blocks, (at) => (at === 0 ? third : blocks.length))).toBe(live);
        expect(await projected(org, blocks, (at) => 1 + (at % 7))).toBe(live);
      },
    );

    it('is applied once, in order and without gap (I21)', async () => {
      const blocks = await blocksOf(CORE);
      const half = Math.floor(blocks.length / 2);
      const before = await projected(CORE, blocks.slice(0, half), () => half);
      const projector = new Projector(CORE, db, silentAlarms());
      const wrong = [
        blocks.slice(half - 1, half),
        blocks.slice(half + 1),
        [...blocks.slice(half)].reverse(),
        blocks.slice(0, 1),
      ];
      for (const given of wrong) await expect(projector.apply(given)).rejects.toBeInstanceOf(ChainBroken);
      expect(await hashOf(CORE)).toBe(before);
      await projector.apply(blocks.slice(half));
      const whole = await hashOf(CORE);
      expect(await projected(CORE, blocks, () => blocks.length)).toBe(whole);
    });

    it('holds what the replay of valid transactions gives, and nothing of invalid ones (I21)', async () => {
      const blocks = await blocksOf(OPERATOR);
      expect(
        blocks.flatMap(({ transactions }) => transactions).some(({ validationCode }) => validationCode !== 0),
      ).toBe(true);
      await projected(OPERATOR, blocks, () => blocks.length);
      const rows = await db.withSystem((manager) =>
        manager.query<{ type: string; count: number }[]>(
          `SELECT type, count(*)::int AS count FROM record WHERE org = $1 GROUP BY type`,
          [OPERATOR],
        ),
      );
      const { book } = walk.world;
      const count = (type: string): number => rows.find((row) => row.type === type)?.count ?? 0;
      expect(count('Certificate')).toBe(book.claims.length);
      expect(count('Holding')).toBe(book.parts.length);
      expect(count('Order')).toBe(book.offers.length + book.deals.length + book.payments.length);
      expect(count('Quote')).toBe(book.prices.length);
    });
  },
);
