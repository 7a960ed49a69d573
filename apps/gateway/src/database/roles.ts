import { Client } from 'pg';

/** Database roles; migrations grant rights to them by these names. */
export const APP_ROLE = 'tallystick_app';
export const OWNER_ROLE = 'tallystick_owner';
export const LEDGER_ROLE = 'tallystick_ledger';

export interface RolePasswords {
  app: string;
  owner: string;
  ledger: string;
}

/**
 * Makes a database with its roles, as a superuser: the owner runs migrations, the application's role owns nothing
 * but the job queue and cannot bypass row-level security, the embedded ledger has a schema of its own. Idempotent.
 * @param adminUrl superuser's address, any database
 * @param name of the database; letters, digits and underscores
 */
export async function provisionDatabase(adminUrl: string, name: string, passwords: RolePasswords): Promise<void> {
  await withClient(adminUrl, async (client) => {
    for (const [role, password] of [
      [APP_ROLE, passwords.app],
      [OWNER_ROLE, passwords.owner],
      [LEDGER_ROLE, passwords.ledger],
    ] as const) {
      const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
      const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
      const rights = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS';
      await client.query(`${verb} ROLE ${role} ${rights} PASSWORD ${client.escapeLiteral(password)}`);
    }
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} OWNER ${OWNER_ROLE}`);
  });
  await withClient(withDatabase(adminUrl, name), async (client) => {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ledger AUTHORIZATION ${LEDGER_ROLE}`);
  });
}

/** The same server and user, another database. */
export function withDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.toString();
}

/** The same server and database, another user. */
export function withUser(url: string, user: string, password: string): string {
  const address = new URL(url);
  address.username = user;
  address.password = password;
  return address.toString();
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
