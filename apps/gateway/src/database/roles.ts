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
    await ensureLogin(client, { name: APP_ROLE, password: passwords.app });
    await ensureLogin(client, { name: OWNER_ROLE, password: passwords.owner });
    await ensureLogin(client, { name: LEDGER_ROLE, password: passwords.ledger });
    await ensureDatabase(client, name, OWNER_ROLE);
  });
  await withClient(withDatabase(adminUrl, name), async (client) => {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ledger AUTHORIZATION ${LEDGER_ROLE}`);
  });
}

/** A role that signs in. */
export interface Login {
  name: string;
  password: string;
}

/**
 * {@link provisionDatabase} for one of several organisations on one server, without an embedded ledger: nobody but these two
 * roles may connect to the database. What migrations grant to the application's role, `app` has by belonging to it.
 */
export async function provisionOwn(
  adminUrl: string,
  name: string,
  { app, owner }: { app: Login; owner: Login },
): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const database = client.escapeIdentifier(name);
    if (!(await hasRole(client, APP_ROLE))) await client.query(`CREATE ROLE ${APP_ROLE} NOLOGIN`);
    await ensureLogin(client, app);
    await ensureLogin(client, owner);
    await client.query(`GRANT ${APP_ROLE} TO ${client.escapeIdentifier(app.name)}`);
    await ensureDatabase(client, name, owner.name);
    await client.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${database} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${client.escapeIdentifier(app.name)}`);
  });
}

async function hasRole(client: Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  return rowCount !== 0;
}

async function ensureLogin(client: Client, { name, password }: Login): Promise<void> {
  const verb = (await hasRole(client, name)) ? 'ALTER' : 'CREATE';
  const rights = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS';
  const role = client.escapeIdentifier(name);
  await client.query(`${verb} ROLE ${role} ${rights} PASSWORD ${client.escapeLiteral(password)}`);
}

async function ensureDatabase(client: Client, name: string, owner: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  const [database, role] = [client.escapeIdentifier(name), client.escapeIdentifier(owner)];
  if (rowCount === 0) await client.query(`CREATE DATABASE ${database} OWNER ${role}`);
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
