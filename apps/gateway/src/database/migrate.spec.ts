import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../testing/database';
import { migrate } from './migrate';
import { ownerSource } from './source';

const EXPIRY = 'OperationExpiry1795397000000';

describe('a database that was in use', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await testDatabase();
  });
  afterEach(() => database.drop());

  /** Takes the migrations back, the newest first, up to and with the one of this name. */
  async function backBefore(name: string): Promise<void> {
    const source = await ownerSource(database.databaseOwnerUrl).initialize();
    const isDone = async (): Promise<boolean> =>
      ((await source.query('SELECT 1 FROM migrations WHERE name = $1', [name])) as unknown[]).length > 0;
    try {
      while (await isDone()) await source.undoLastMigration({ transaction: 'each' });
    } finally {
      await source.destroy();
    }
  }

  it('gets the end of life of the operations of every firm, though their owner sees no firm’s rows by default', async () => {
    await backBefore(EXPIRY);
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    try {
      await admin.query(`
        INSERT INTO operations (id, org, member, kind, state, version, created_by, created_by_name, created_at, updated_at,
          authority, amount_fen, summary, form)
        SELECT gen_random_uuid(), org, member, 'certificate.accept', 'toSign', 1, gen_random_uuid(), 'maker',
          '2026-03-02T02:00:00Z', '2026-03-02T02:00:00Z', 'byAmount', '100', '{}', '{}'
        FROM (VALUES ('OperatorMSP', 'supplier'), ('BankAMSP', 'bank')) AS firm (org, member)`);
      const urls = { ownerUrl: database.databaseOwnerUrl, appUrl: database.databaseUrl };
      expect(await migrate(urls)).toContain(EXPIRY);
      const { rows } = await admin.query('SELECT org, not_after FROM operations ORDER BY org');
      const notAfter = new Date('2026-03-09T02:00:00Z');
      expect(rows).toEqual([
        { org: 'BankAMSP', not_after: notAfter },
        { org: 'OperatorMSP', not_after: notAfter },
      ]);
    } finally {
      await admin.end();
    }
  });
});
