import type { DataSource } from 'typeorm';
import { appSource } from '../database/source';
import { testDatabase, type TestDatabase } from '../testing/database';
import { storable } from './storable';

describe('what is stored of the ledger', () => {
  let database: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    database = await testDatabase();
    source = await appSource(database.databaseUrl, 2).initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it.each([
    ['a ledger key', { expects: { '\0Holding\0ab\0': 'hash' } }],
    ['text that looks like an escape', { note: '\\u0000 and \\\\u0000' }],
    ['the mark itself', { note: '\ue000 \ue0000000' }],
    ['a lone surrogate', { note: 'a\ud800b' }],
    ['both languages and an emoji', { note: '应收账款 receivable 🧾' }],
  ])('comes back as it was: %s', async (_, value) => {
    const rows: { body: unknown }[] = await source.query('SELECT $1::jsonb AS body', [storable(value)]);
    expect(rows[0]?.body).toEqual(value);
  });
});
