import { ALL } from '@tallystick/chaincode/testing';
import { LedgerUnavailable, type LedgerNetwork } from '@tallystick/ledger';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { Database } from '../database/database';
import { appSource } from '../database/source';
import { seenHeight } from '../projection/checkpoint';
import { dumpHash, PROJECTED_TABLES } from '../projection/dump';
import { follow } from '../projection/follower';
import { Projector } from '../projection/projector';
import { rebuild } from '../projection/rebuild';
import { silentAlarms } from './alarms';
import { testDatabase, type TestDatabase } from './database';

type Table = keyof typeof PROJECTED_TABLES;
const ALL_TABLES = Object.keys(PROJECTED_TABLES) as Table[];
const PATIENCE = 60_000;

/** A database of projections with the handle to it. */
class Kept {
  private constructor(
    private readonly database: TestDatabase,
    private readonly source: DataSource,
    readonly db: Database,
  ) {}

  static async make(): Promise<Kept> {
    const database = await testDatabase();
    const source = await appSource(database.databaseUrl, 8).initialize();
    return new Kept(database, source, new Database(source));
  }

  height(org: string): Promise<bigint> {
    return this.db.withSystem((manager) => seenHeight(manager, org));
  }

  hash(org: string, tables: readonly Table[]): Promise<string> {
    return this.db.withSystem((manager) => dumpHash(manager, org, tables));
  }

  async drop(): Promise<void> {
    await this.db.onApplicationShutdown();
    if (this.source.isInitialized) await this.source.destroy();
    await this.database.drop();
  }
}

/** Every organisation's projection, each from its own peer, filled while things happen; and a second one to compare. */
export class LiveProjections {
  readonly alarms = silentAlarms();
  private readonly stop = new AbortController();
  private readonly following: Promise<void>[] = [];
  private readonly failed: string[] = [];

  private constructor(
    private readonly network: LedgerNetwork,
    readonly live: Kept,
    readonly anew: Kept,
  ) {}

  static async follow(network: LedgerNetwork): Promise<LiveProjections> {
    const projections = new LiveProjections(network, await Kept.make(), await Kept.make());
    for (const org of ALL) projections.following.push(projections.keepUp(org));
    return projections;
  }

  /** As a gateway does: goes on from where it stands when the peer cannot be asked. */
  private async keepUp(org: string): Promise<void> {
    const ledger = this.network.ledgerFor(org);
    while (!this.stop.signal.aborted) {
      try {
        const from = await this.live.height(org);
        await follow(ledger, new Projector(org, this.live.db, this.alarms), from, this.stop.signal);
      } catch (error) {
        if (!(error instanceof LedgerUnavailable)) {
          this.failed.push(`${org}: ${String(error)}`);
          return;
        }
        await sleep(200);
      }
    }
  }

  /** What is wrong with an organisation's projection, compared with one built from block 0 now. The ledger must be at rest. */
  async differences(org: string, tables: readonly Table[] = ALL_TABLES): Promise<string[]> {
    const ledger = this.network.ledgerFor(org);
    const { blocks } = await rebuild(ledger, this.anew.db, this.alarms);
    await this.reaches(org, blocks);
    const hashes = await Promise.all([this.live, this.anew].map((kept) => kept.hash(org, tables)));
    const differs = hashes[0] === hashes[1] ? [] : [`${org}: live and rebuilt differ at ${String(blocks)}`];
    return [...differs, ...this.failed, ...this.alarms.raised.map((alarm) => JSON.stringify(alarm))];
  }

  /** Until an organisation's projection has what its peer has now. */
  async upToDate(org: string): Promise<void> {
    await this.reaches(org, await this.network.ledgerFor(org).height());
  }

  private async reaches(org: string, height: bigint): Promise<void> {
    const deadline = performance.now() + PATIENCE;
    for (let now = await this.live.height(org); now < height; now = await this.live.height(org)) {
      if (this.failed.length > 0 || performance.now() >= deadline)
        throw new Error(`${org} stays at ${String(now)} of ${String(height)}: ${this.failed.join()}`);
      await sleep(50);
    }
  }

  async end(): Promise<void> {
    this.stop.abort();
    await Promise.all(this.following);
    await this.live.drop();
    await this.anew.drop();
  }
}
