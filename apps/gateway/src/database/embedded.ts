import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { keptSecrets } from './kept-secrets';
import { initialisePostgres, startPostgres } from './postgres-process';
import { databaseUser } from './postgres-user';
import { APP_ROLE, LEDGER_ROLE, OWNER_ROLE, provisionDatabase, withDatabase, withUser } from './roles';

/** A PostgreSQL server of our own. */
export interface EmbeddedServer {
  /** Superuser's address; for tests and provisioning only. */
  adminUrl: string;
  /** Stops PostgreSQL and waits until it is gone. */
  stop(): Promise<void>;
}

export interface EmbeddedDatabase extends EmbeddedServer {
  databaseUrl: string;
  databaseOwnerUrl: string;
  ledgerDatabaseUrl: string;
  serverSecret: string;
}

const SECRETS = ['admin', 'app', 'owner', 'ledger', 'serverSecret'] as const;
const secretsOf = (home: string) => keptSecrets(path.join(home, 'secrets.json'), SECRETS);

/**
 * Starts a PostgreSQL of our own as a child process, on a free loopback port, with its data in `home`; makes it at the
 * first start. Works as root (the server then runs as the user `postgres`) and as an ordinary user.
 * @param home folder owned by us; passwords are kept there in a file only its owner reads
 * @param settings extra `postgresql.conf` values, e.g. `{ fsync: 'off' }` in tests
 * @throws PostgresInUseError if another living process of ours serves the same folder
 */
export async function startServer(home: string, settings: Record<string, string> = {}): Promise<EmbeddedServer> {
  mkdirSync(home, { recursive: true });
  const { admin } = secretsOf(home);
  const folder = path.join(home, 'postgres');
  const user = databaseUser(folder);
  await initialisePostgres({ folder, user, password: admin });
  const server = await startPostgres({ folder, user, settings });
  return {
    adminUrl: `postgres://postgres:${admin}@127.0.0.1:${String(server.port)}/postgres`,
    stop: () => server.stop(),
  };
}

/**
 * {@link startServer} with one database on it, for a platform that serves every organisation itself.
 * @param name of the database to use, made when missing
 */
export async function startEmbedded(
  home: string,
  { name = 'tallystick', settings = {} }: { name?: string; settings?: Record<string, string> } = {},
): Promise<EmbeddedDatabase> {
  const server = await startServer(home, settings);
  const secrets = secretsOf(home);
  try {
    await provisionDatabase(server.adminUrl, name, secrets);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const url = withDatabase(server.adminUrl, name);
  return {
    ...server,
    databaseUrl: withUser(url, APP_ROLE, secrets.app),
    databaseOwnerUrl: withUser(url, OWNER_ROLE, secrets.owner),
    ledgerDatabaseUrl: withUser(url, LEDGER_ROLE, secrets.ledger),
    serverSecret: secrets.serverSecret,
  };
}
