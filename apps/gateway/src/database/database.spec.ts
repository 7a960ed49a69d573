import { Client } from 'pg';
import { UserRow } from '../auth/user.entity';
import { testGateway, type TestGateway } from '../testing/gateway';
import { Database } from './database';
import { migrate, migrationDrift } from './migrate';

describe('database', () => {
  let gateway: TestGateway;
  let database: Database;
  const a = { member: 'member-a', org: 'OperatorMSP' };
  const b = { member: 'member-b', org: 'OperatorMSP' };

  beforeAll(async () => {
    gateway = await testGateway();
    database = gateway.app.get(Database);
    await gateway.user({ user: 'of-a', ...a });
    await gateway.user({ user: 'of-b', ...b });
  });
  afterAll(() => gateway.close());

  const names = (rows: UserRow[]) => rows.map(({ name }) => name);

  it('shows nothing to a transaction that does not say for whom', async () => {
    expect(await database.source.manager.find(UserRow)).toEqual([]);
  });

  it('shows a member its own rows only, at its own organisation', async () => {
    expect(names(await database.withMember(a, (manager) => manager.find(UserRow)))).toEqual(['of-a']);
    expect(await database.withMember({ ...a, org: 'BankMSP' }, (manager) => manager.find(UserRow))).toEqual([]);
    expect(names(await database.withSystem((manager) => manager.find(UserRow))).sort()).toEqual(['of-a', 'of-b']);
  });

  it('lets no member write a row for another', async () => {
    await expect(
      database.withMember(a, (manager) => manager.query(`UPDATE users SET member = 'member-b' WHERE name = 'of-a'`)),
    ).rejects.toThrow(/row-level security/);
    const changed = await database.withMember(a, (manager) =>
      manager.update(UserRow, { name: 'of-b' }, { active: false }),
    );
    expect(changed.affected).toBe(0);
  });

  it('forgets the member when the transaction ends, on every pooled connection', async () => {
    const seen = await Promise.all(
      Array.from({ length: 30 }, () => database.withSystem((manager) => manager.count(UserRow))),
    );
    expect(seen).toEqual(Array.from({ length: 30 }, () => 2));
    const after = await Promise.all(Array.from({ length: 30 }, () => database.source.manager.count(UserRow)));
    expect(after).toEqual(Array.from({ length: 30 }, () => 0));
  });

  it('joins a running transaction of the same member and refuses another member inside it', async () => {
    await database.withMember(a, async (outer) => {
      await database.withMember(a, (inner) => {
        expect(inner).toBe(outer);
        return Promise.resolve();
      });
      await expect(Promise.resolve().then(() => database.withMember(b, () => Promise.resolve()))).rejects.toThrow(
        /another member/,
      );
    });
  });

  it('sees everything only as long as it asked to', async () => {
    await database.withMember(a, async (manager) => {
      expect(await database.withSystem((all) => all.count(UserRow))).toBe(2);
      expect(await manager.count(UserRow)).toBe(1);
    });
  });

  it('asks with every row in sight and cannot write that way; the running transaction keeps its own sight', async () => {
    const all = (): Promise<{ name: string }[]> => database.ask('SELECT name FROM users ORDER BY name', []);
    const seen = await database.withMember(a, async (manager) => [await all(), await manager.find(UserRow)] as const);
    expect(seen.map((rows) => rows.map(({ name }) => name))).toEqual([['of-a', 'of-b'], ['of-a']]);
    await expect(database.ask('UPDATE users SET active = false', [])).rejects.toThrow(/read-only/);
  });

  it('runs what waits for the commit after it, and never after a rollback', async () => {
    const done: string[] = [];
    await database.withMember(a, () => {
      database.afterCommit(() => void done.push('committed'));
      expect(done).toEqual([]);
      return Promise.resolve();
    });
    await database
      .withMember(a, () => {
        database.afterCommit(() => void done.push('never'));
        return Promise.reject(new Error('rolled back'));
      })
      .catch(() => undefined);
    expect(done).toEqual(['committed']);
  });

  it('keeps the application from changing tables or making its own', async () => {
    const client = new Client({ connectionString: gateway.database.databaseUrl });
    await client.connect();
    await expect(client.query('ALTER TABLE users DISABLE ROW LEVEL SECURITY')).rejects.toThrow(/owner/);
    await expect(client.query('CREATE TABLE own (x int)')).rejects.toThrow(/permission/);
    await expect(client.query('CREATE SCHEMA own')).rejects.toThrow(/permission/);
    await client.end();
  });

  it('puts every table with a member behind forced row-level security', async () => {
    const open: unknown = await database.source.query(`
      SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'member'
      WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`);
    // A session is found by its secret, before any member is known.
    expect(open).toEqual([{ relname: 'sessions' }]);
  });

  it('has migrations that make exactly what the entities say', async () => {
    expect(await migrationDrift(gateway.database.databaseOwnerUrl)).toEqual([]);
  });

  it('migrates twice without harm', async () => {
    const { databaseOwnerUrl: ownerUrl, databaseUrl: appUrl } = gateway.database;
    expect(await migrate({ ownerUrl, appUrl })).toEqual([]);
  });
});
