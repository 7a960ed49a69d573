import { Pool, types } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { parseStored } from '../projection/storable';
import { ENTITIES } from './entities';
import { MIGRATIONS } from './migrations';

/** Longest time one statement may run, so that no request waits for ever. */
const STATEMENT_TIMEOUT_MS = 15_000;

/** Connections for single statements of each kind. */
const SINGLES = { read: 10, write: 4 };

const JSONB = 3802;

/** Object ids of types are plain numbers, of which `pg` names a few. */
const parserOf = types.getTypeParser as (oid: number, format?: 'text' | 'binary') => unknown;

/** How values come from the server: as `pg` does it, but for what {@link storable} had to change to store it. */
const TYPES = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
    oid === JSONB && format !== 'binary' ? parseStored : parserOf(oid, format),
};

/** Connection of the application's role. `synchronize` is never on: tables come from migrations alone. */
export function appSource(url: string, pool: number): DataSource {
  return new DataSource({
    ...base(url),
    poolSize: pool,
    extra: { statement_timeout: STATEMENT_TIMEOUT_MS, idle_in_transaction_session_timeout: 60_000, types: TYPES },
  });
}

/** Connections for single statements with every row in sight: they say so once, when they open; those that read cannot write. */
export function systemPool(url: string, kind: keyof typeof SINGLES): Pool {
  const pool = new Pool({
    connectionString: url,
    max: SINGLES[kind],
    application_name: `tallystick-${kind}`,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    options: `-c app.scope=system${kind === 'read' ? ' -c default_transaction_read_only=on' : ''}`,
    allowExitOnIdle: true,
    types: TYPES,
  });
  pool.on('error', () => undefined); // the next statement opens a new connection
  return pool;
}

/** Connection of the role that owns the tables; used for migrations only. Row-level security binds it too, so it asks to see every row. */
export function ownerSource(url: string): DataSource {
  return new DataSource({ ...base(url), poolSize: 2, extra: { options: '-c app.scope=system' } });
}

function base(url: string): Extract<DataSourceOptions, { type: 'postgres' }> {
  return {
    type: 'postgres',
    url,
    applicationName: 'tallystick-gateway',
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    // Ids are made in code, so the server needs no extension and our role no right to create one.
    installExtensions: false,
  };
}
