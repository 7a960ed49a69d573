import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { migrate } from '../database/migrate';
import { APP_ROLE, LEDGER_ROLE, OWNER_ROLE, provisionDatabase, withDatabase, withUser } from '../database/roles';

/** One database of the test run's PostgreSQL, migrated and empty. */
export interface TestDatabase {
  databaseUrl: string;
  databaseOwnerUrl: string;
  ledgerDatabaseUrl: string;
  /** Superuser's address: sees all rows, may do all. */
  adminUrl: string;
  drop(): Promise<void>;
}

const TEMPLATE = 'tallystick_template';
const PASSWORDS = { app: 'app-in-tests', owner: 'owner-in-tests', ledger: 'ledger-in-tests' };

/** Any constant: the first of the test processes makes the template, the others wait. */
const TEMPLATE_LOCK = 7_105_519;

/** A fresh database for a spec file; copied from a migrated template, so it takes a tenth of a second. */
export async function testDatabase(): Promise<TestDatabase> {
  const serverUrl = await testServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [
      TEMPLATE,
    ]);
    if (rowCount === 0) await makeTemplate(client, serverUrl);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER ${OWNER_ROLE}`);
  } finally {
    await client.end();
  }
  const adminUrl = withDatabase(serverUrl, name);
  return {
    ...urlsOf(adminUrl),
    adminUrl,
    drop: async () => {
      const admin = new Client({ connectionString: serverUrl });
      await admin.connect();
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}

async function makeTemplate(client: Client, serverUrl: string): Promise<void> {
  await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
  await provisionDatabase(serverUrl, TEMPLATE, PASSWORDS);
  const { databaseOwnerUrl, databaseUrl } = urlsOf(withDatabase(serverUrl, TEMPLATE));
  await migrate({ ownerUrl: databaseOwnerUrl, appUrl: databaseUrl });
  await client.query(`ALTER DATABASE ${TEMPLATE} IS_TEMPLATE true`);
}

function urlsOf(adminUrl: string) {
  return {
    databaseUrl: withUser(adminUrl, APP_ROLE, PASSWORDS.app),
    databaseOwnerUrl: withUser(adminUrl, OWNER_ROLE, PASSWORDS.owner),
    ledgerDatabaseUrl: withUser(adminUrl, LEDGER_ROLE, PASSWORDS.ledger),
  };
}

/** Address of the run's PostgreSQL; the first one to ask has it started (see .config/test-database.cts). */
async function testServer(): Promise<string> {
  const keeper = process.env['TALLYSTICK_TEST_DATABASE'];
  if (keeper === undefined) throw new Error('run Jest with .config/jest.config.cjs: it keeps the test database');
  const answer = await fetch(keeper);
  if (!answer.ok) throw new Error(`the test database did not start: ${await answer.text()}`);
  return answer.text();
}
