import { runMigrations as migrateJobs } from 'graphile-worker';
import type { QueryRunner } from 'typeorm';
import { APP_ROLE } from './roles';
import { ownerSource } from './source';

/** Any constant will do: gateways that start together wait for each other on it. */
const MIGRATION_LOCK = 7_105_518;

/**
 * Brings the tables up to date as their owner, and the job queue as the application's role.
 * @returns names of the migrations that ran now
 */
export async function migrate(urls: { ownerUrl: string; appUrl: string }): Promise<string[]> {
  const source = await ownerSource(urls.ownerUrl).initialize();
  try {
    const lock = source.createQueryRunner();
    try {
      await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
      const done = await source.runMigrations();
      await installJobs(lock, urls.appUrl);
      return done.map((migration) => migration.name);
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await lock.release();
    }
  } finally {
    await source.destroy();
  }
}

/** The queue's tables belong to the application's role, which may make their schema for just this long. */
async function installJobs(owner: QueryRunner, appUrl: string): Promise<void> {
  const [{ name = '' } = {}] = (await owner.query('SELECT quote_ident(current_database()) AS name')) as {
    name?: string;
  }[];
  await owner.query(`GRANT CREATE ON DATABASE ${name} TO ${APP_ROLE}`);
  try {
    await migrateJobs({ connectionString: appUrl });
  } finally {
    await owner.query(`REVOKE CREATE ON DATABASE ${name} FROM ${APP_ROLE}`);
  }
}

/** Statements that would bring the tables in line with the entities; empty when the migrations are complete. */
export async function migrationDrift(ownerUrl: string): Promise<string[]> {
  const source = await ownerSource(ownerUrl).initialize();
  try {
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  } finally {
    await source.destroy();
  }
}
