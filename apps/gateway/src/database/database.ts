import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { escapeLiteral, type Pool, type QueryResultRow } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { systemPool } from './source';

/** Whose rows a transaction may see: those of one member at one organisation. */
export interface MemberScope {
  member: string;
  org: string;
}

type Scope = MemberScope | 'system';

interface Transaction {
  manager: EntityManager;
  scope: Scope;
  afterCommit: (() => void | Promise<void>)[];
}

/**
 * The one way to the tables. Each transaction says for whom it reads and writes; row-level security shows nothing
 * to a transaction that did not say so.
 */
@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly current = new AsyncLocalStorage<Transaction>();
  private reader: Pool | undefined;
  private writer: Pool | undefined;

  constructor(@Inject(DataSource) readonly source: DataSource) {}

  /**
   * Runs `work` in a transaction that sees the rows of one member only; joins the member's running transaction.
   * @throws Error if a transaction of another member is running: a request serves one member
   */
  withMember<T>(scope: MemberScope, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const running = this.current.getStore();
    if (running === undefined) return this.begin({ member: scope.member, org: scope.org }, work);
    if (running.scope === 'system') return this.rescope(running, { member: scope.member, org: scope.org }, work);
    if (running.scope.member !== scope.member || running.scope.org !== scope.org) {
      throw new Error('a transaction of one member cannot turn into that of another member');
    }
    return work(running.manager);
  }

  /** Runs `work` with every row in sight: for projection, sign-in and provisioning, never with a caller's filter. */
  withSystem<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const running = this.current.getStore();
    if (running === undefined) return this.begin('system', work);
    return running.scope === 'system' ? work(running.manager) : this.rescope(running, 'system', work);
  }

  /**
   * One question with every row in sight, outside of any running transaction and in one round trip: for tables that only the
   * projection writes. What the running transaction wrote is not seen.
   */
  async ask<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    const { url = '' } = this.source.options as { url?: string };
    this.reader ??= systemPool(url, 'read');
    const { rows } = await this.reader.query<Row & QueryResultRow>(sql, parameters);
    return rows;
  }

  /**
   * One statement that changes rows, with every row in sight: part of the running transaction if there is one, else a transaction
   * of its own in one round trip.
   */
  async change<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    if (this.current.getStore() !== undefined)
      return this.withSystem((manager) => manager.query(sql, parameters) as Promise<Row[]>);
    const { url = '' } = this.source.options as { url?: string };
    this.writer ??= systemPool(url, 'write');
    const { rows } = await this.writer.query<Row & QueryResultRow>(sql, parameters);
    return rows;
  }

  /**
   * Runs `work` with every row in sight as they all stood at one moment, whatever is written meanwhile; nobody waits for it.
   * @throws Error inside a running transaction, whose rows are of more moments than one
   */
  withSnapshot<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    if (this.current.getStore() !== undefined) throw new Error('a snapshot is a transaction of its own');
    return this.begin('system', work, 'REPEATABLE READ');
  }

  /** Runs `work` once the running transaction has committed, or at once when there is none; never after a rollback. */
  afterCommit(work: () => void | Promise<void>): void {
    const running = this.current.getStore();
    if (running === undefined) void work();
    else running.afterCommit.push(work);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.reader?.end();
    await this.writer?.end();
    if (this.source.isInitialized) await this.source.destroy();
  }

  private async begin<T>(
    scope: Scope,
    work: (manager: EntityManager) => Promise<T>,
    isolation: 'READ COMMITTED' | 'REPEATABLE READ' = 'READ COMMITTED',
  ): Promise<T> {
    const afterCommit: Transaction['afterCommit'] = [];
    const result = await this.transaction(isolation, scope, (manager) =>
      this.current.run({ manager, scope, afterCommit }, () => work(manager)),
    );
    // Outside the transaction's context, so that what runs now opens transactions of its own.
    await this.current.exit(async () => {
      for (const task of afterCommit) await task();
    });
    return result;
  }

  /** A transaction that begins, and says for whom, in one round trip; TypeORM would take three. */
  private async transaction<T>(
    isolation: string,
    scope: Scope,
    work: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.query(`START TRANSACTION ISOLATION LEVEL ${isolation}; ${scopeStatement(scope)}`);
      // Told by hand, for it did not begin the transaction itself: whether locks may be asked for, and what a commit means.
      Object.assign(runner, { isTransactionActive: true });
      try {
        const result = await work(runner.manager);
        await runner.commitTransaction();
        return result;
      } catch (error) {
        // A connection that is gone has rolled back by itself; the first error is the one to tell.
        if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }

  /** Widens or narrows the running transaction for the length of `work`. */
  private async rescope<T>(
    running: Transaction,
    scope: Scope,
    work: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    await declareScope(running.manager, scope);
    const result = await this.current.run({ ...running, scope }, () => work(running.manager));
    // After an error the transaction is rolled back as a whole, so only success needs the old scope again.
    await declareScope(running.manager, running.scope);
    return result;
  }
}

/** Says for whom a transaction works. The values end with it, so a pooled connection never carries them on. */
function scopeStatement(scope: Scope): string {
  const values = scope === 'system' ? ['', '', 'system'] : [scope.member, scope.org, 'member'];
  const [member, org, kind] = values.map((value) => escapeLiteral(value));
  return `SELECT set_config('app.member', ${member}, true), set_config('app.org', ${org}, true), set_config('app.scope', ${kind}, true)`;
}

async function declareScope(manager: EntityManager, scope: Scope): Promise<void> {
  await manager.query(scopeStatement(scope));
}
