import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { databaseUser } from './postgres-user';
import { initialisePostgres, startPostgres } from './postgres-process';
import {
  APP_ROLE,
  LEDGER_ROLE,
  OWNER_ROLE,
  provisionDatabase,
  withDatabase,
  withUser,
  type RolePasswords,
} from './roles';

export interface EmbeddedDatabase {
  databaseUrl: string;
  databaseOwnerUrl: string;
  ledgerDatabaseUrl: string;
  serverSecret: string;
  /** Superuser's address; for tests and provisioning only. */
  adminUrl: string;
  /** Stops PostgreSQL and waits until it is gone. */
  stop(): Promise<void>;
}

interface Secrets extends RolePasswords {
  admin: string;
  serverSecret: string;
}

/**
 * Starts a PostgreSQL of our own as a child process, on a free loopback port, with its data in `home`; makes it at the
 * first start. Works as root (the server then runs as the user `postgres`) and as an ordinary user.
 * @param home folder owned by us; passwords are kept there in a file only its owner reads
 * @param name of the database to use, made when missing
 * @param settings extra `postgresql.conf` values, e.g. `{ fsync: 'off' }` in tests
 * @throws PostgresInUseError if another living process of ours serves the same folder
 */
export async function startEmbedded(
  home: string,
  { name = 'tallystick', settings = {} }: { name?: string; settings?: Record<string, string> } = {},
): Promise<EmbeddedDatabase> {
  mkdirSync(home, { recursive: true });
  const secrets = readSecrets(path.join(home, 'secrets.json'));
  const folder = path.join(home, 'postgres');
  const user = databaseUser(folder);
  await initialisePostgres({ folder, user, password: secrets.admin });
  const server = await startPostgres({ folder, user, settings });
  const adminUrl = `postgres://postgres:${secrets.admin}@127.0.0.1:${String(server.port)}/postgres`;
  try {
    await provisionDatabase(adminUrl, name, secrets);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const url = withDatabase(adminUrl, name);
  return {
    databaseUrl: withUser(url, APP_ROLE, secrets.app),
    databaseOwnerUrl: withUser(url, OWNER_ROLE, secrets.owner),
    ledgerDatabaseUrl: withUser(url, LEDGER_ROLE, secrets.ledger),
    serverSecret: secrets.serverSecret,
    adminUrl,
    stop: () => server.stop(),
  };
}

function readSecrets(file: string): Secrets {
  if (!existsSync(file)) {
    const random = () => randomBytes(24).toString('hex');
    const secrets: Secrets = {
      admin: random(),
      app: random(),
      owner: random(),
      ledger: random(),
      serverSecret: random(),
    };
    writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
    return secrets;
  }
  chmodSync(file, 0o600);
  return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
}
