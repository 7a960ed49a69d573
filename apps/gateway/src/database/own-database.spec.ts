import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { startServer, type EmbeddedServer } from './embedded';
import { migrate } from './migrate';
import { ownDatabase, type OwnDatabase } from './own-database';
import { withDatabase } from './roles';

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('databases of several organisations on one server', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'tallystick-own-'));
  const at = (name: string) => ({ name, home: path.join(home, name) });
  let server: EmbeddedServer;
  let [core, bank]: OwnDatabase[] = [];

  beforeAll(async () => {
    server = await startServer(home, { fsync: 'off' });
    core = await ownDatabase(server.adminUrl, at('core'));
    bank = await ownDatabase(server.adminUrl, at('bank'));
    for (const { databaseUrl, databaseOwnerUrl } of [core, bank])
      await migrate({ ownerUrl: databaseOwnerUrl, appUrl: databaseUrl });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('let the application at its tables, behind row-level security', async () => {
    expect(await ask(core?.databaseUrl ?? '', 'SELECT count(*)::int AS rows FROM users')).toEqual([{ rows: 0 }]);
    await expect(ask(core?.databaseUrl ?? '', 'DROP TABLE users')).rejects.toThrow(/must be owner/);
  });

  it('let nobody in but their own organisation', async () => {
    for (const url of [core?.databaseUrl ?? '', core?.databaseOwnerUrl ?? ''])
      await expect(ask(withDatabase(url, 'bank'), 'SELECT 1')).rejects.toThrow(/permission denied for database/);
    expect(await ask(bank?.databaseOwnerUrl ?? '', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('are found again with the same passwords, which their owner alone reads', async () => {
    expect(await ownDatabase(server.adminUrl, at('core'))).toEqual(core);
    expect(statSync(path.join(home, 'core', 'secrets.json')).mode & 0o077).toBe(0);
  });
});
