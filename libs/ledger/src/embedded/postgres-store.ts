import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { BlockStore, StoredLedger } from './block-store';
import { appendBlock, createTables, readBlocks, readLedger, readTip } from './postgres-tables';
import type { StoredBlock } from './stored-block';
import type { StateChanges } from './world-state';

export interface PostgresStoreOptions {
  connectionString: string;
  /** Schema of its own; made when missing. */
  schema?: string;
  /** How long `open` waits for another process to let go of the ledger. */
  lockTimeoutMs?: number;
}

const firstPauseMs = 100;
const longestPauseMs = 2_000;

/**
 * Keeps the ledger in PostgreSQL. A block and its changes are one database transaction; one connection holds a lock,
 * so that two processes never continue one chain.
 */
export class PostgresStore implements BlockStore {
  private readonly schema: string;
  private writer: Client | null = null;
  private reader: Promise<Client> | null = null;
  private turns: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  constructor(private readonly options: PostgresStoreOptions) {
    this.schema = options.schema ?? 'ledger';
    if (!/^[a-z_][a-z0-9_]*$/.test(this.schema)) throw new Error(`not a plain schema name: ${this.schema}`);
  }

  async open(): Promise<StoredLedger> {
    const writer = await this.openWriter();
    await createTables(writer, this.schema);
    return readLedger(writer);
  }

  /** A broken connection or a restarted server is waited out; the chain's tip then tells whether the block got in. */
  async append(block: StoredBlock, changes: StateChanges): Promise<void> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        const writer = this.writer ?? (await this.openWriter());
        const tip = pauseMs === firstPauseMs ? null : await readTip(writer);
        if (tip?.hash === block.hash) return;
        await appendBlock(writer, block, changes);
        return;
      } catch (error) {
        if (this.isClosed || isForGood(error)) throw error;
        await this.dropWriter();
        await sleep(pauseMs);
      }
    }
  }

  /** One reader after the other: they share a connection, which does one thing at a time. */
  read(from: number, limit: number): Promise<StoredBlock[]> {
    const turn = this.turns.then(() => this.readNow(from, limit));
    this.turns = turn.catch(() => undefined);
    return turn;
  }

  private async readNow(from: number, limit: number): Promise<StoredBlock[]> {
    if (limit <= 0) return [];
    this.reader ??= this.connect();
    const reader = this.reader;
    try {
      return await readBlocks(await reader, from, limit);
    } catch (error) {
      if (this.reader === reader) this.reader = null;
      await end(reader);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.dropWriter();
    if (this.reader !== null) await end(this.reader);
    this.reader = null;
  }

  private async openWriter(): Promise<Client> {
    const client = await this.connect();
    const deadline = performance.now() + (this.options.lockTimeoutMs ?? 10_000);
    while (!(await this.takesLock(client))) {
      if (performance.now() > deadline) {
        await client.end();
        throw new LedgerInUse(`the ledger in schema ${this.schema} is in use by another process`);
      }
      await sleep(firstPauseMs);
    }
    this.writer = client;
    return client;
  }

  private async connect(): Promise<Client> {
    const client = new Client({ connectionString: this.options.connectionString });
    // Without a listener a lost connection would end the process; the next query reports it.
    client.on('error', () => undefined);
    await client.connect();
    await client.query(`SET search_path TO ${this.schema}`);
    return client;
  }

  private async takesLock(client: Client): Promise<boolean> {
    const lock = 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken';
    const { rows } = await client.query<{ taken: boolean }>(lock, [`ledger writer ${this.schema}`]);
    return rows[0]?.taken === true;
  }

  private async dropWriter(): Promise<void> {
    const writer = this.writer;
    this.writer = null;
    await writer?.end().catch(() => undefined);
  }
}

async function end(connection: Promise<Client>): Promise<void> {
  try {
    await (await connection).end();
  } catch {
    // It was broken already.
  }
}

export class LedgerInUse extends Error {
  override readonly name = 'LedgerInUse';
}

/** Errors that no waiting mends: wrong data, broken constraints, missing tables or rights, another writer. */
function isForGood(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return error instanceof LedgerInUse || (typeof code === 'string' && /^(22|23|42)...$/.test(code));
}
