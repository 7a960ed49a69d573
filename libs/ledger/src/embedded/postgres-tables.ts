import type { Client } from 'pg';
import type { StoredLedger } from './block-store';
import type { StoredBlock, StoredPrivateWrite, Validation } from './stored-block';
import type { PrivateChange, PublicChange, StateChanges } from './world-state';

/** Keys are bytes: composite keys hold U+0000, which PostgreSQL's text refuses. */
const tables = `
  CREATE TABLE IF NOT EXISTS blocks (
    number bigint PRIMARY KEY, previous_hash text NOT NULL, data_hash text NOT NULL, hash text NOT NULL,
    envelopes text NOT NULL, validations text NOT NULL);
  CREATE TABLE IF NOT EXISTS transactions (
    tx_id text PRIMARY KEY, block bigint NOT NULL, index int NOT NULL, code int NOT NULL);
  CREATE TABLE IF NOT EXISTS private_writes (
    block bigint NOT NULL, position int NOT NULL, tx int NOT NULL, collection text NOT NULL, key bytea NOT NULL,
    value bytea, PRIMARY KEY (block, position));
  CREATE TABLE IF NOT EXISTS public_state (
    key bytea PRIMARY KEY, value bytea NOT NULL, policy bytea, block bigint NOT NULL, tx int NOT NULL);
  CREATE TABLE IF NOT EXISTS private_state (
    collection text NOT NULL, key_hash text NOT NULL, value_hash bytea NOT NULL, value bytea NOT NULL,
    block bigint NOT NULL, tx int NOT NULL, PRIMARY KEY (collection, key_hash));`;

export async function createTables(client: Client, schema: string): Promise<void> {
  // Not IF NOT EXISTS: that asks for the right to create schemas even when there is nothing to create.
  const { rows } = await client.query('SELECT FROM pg_namespace WHERE nspname = $1', [schema]);
  if (rows.length === 0) await client.query(`CREATE SCHEMA ${schema}`);
  await client.query(tables);
}

/** One database transaction: a crash leaves the whole block or nothing of it. */
export async function appendBlock(client: Client, block: StoredBlock, changes: StateChanges): Promise<void> {
  await client.query('BEGIN');
  try {
    await insertBlock(client, block);
    await insertTransactions(client, block);
    await insertPrivateWrites(client, block);
    await putPublicState(
      client,
      lastOf(changes.publicChanges, ({ key }) => key),
    );
    await putPrivateState(
      client,
      lastOf(changes.privateChanges, ({ collection, keyHash }) => collection + keyHash),
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function insertBlock(client: Client, block: StoredBlock): Promise<void> {
  await client.query('INSERT INTO blocks VALUES ($1, $2, $3, $4, $5, $6)', [
    block.number,
    block.previousHash,
    block.dataHash,
    block.hash,
    // JSON text has no line breaks of its own.
    block.envelopes.join('\n'),
    JSON.stringify(block.validations),
  ]);
}

async function insertTransactions(client: Client, { number, validations }: StoredBlock): Promise<void> {
  await client.query(
    `INSERT INTO transactions SELECT tx_id, $2, index, code
       FROM unnest($1::text[], $3::int[], $4::int[]) AS t(tx_id, index, code)
     ON CONFLICT DO NOTHING`,
    [validations.map(({ txId }) => txId), number, [...validations.keys()], validations.map(({ code }) => code)],
  );
}

async function insertPrivateWrites(client: Client, { number, privateWrites }: StoredBlock): Promise<void> {
  if (privateWrites.length === 0) return;
  await client.query(
    `INSERT INTO private_writes SELECT $1, position, tx, collection, key, value
       FROM unnest($2::int[], $3::int[], $4::text[], $5::bytea[], $6::bytea[]) AS w(position, tx, collection, key, value)`,
    [
      number,
      [...privateWrites.keys()],
      privateWrites.map(({ tx }) => tx),
      privateWrites.map(({ collection }) => collection),
      privateWrites.map(({ key }) => Buffer.from(key)),
      privateWrites.map(({ value }) => value),
    ],
  );
}

async function putPublicState(client: Client, changes: PublicChange[]): Promise<void> {
  const puts = changes.flatMap(({ key, record, version }) => (record ? [{ key, record, version }] : []));
  const deletes = changes.filter(({ record }) => record === undefined);
  if (deletes.length > 0)
    await client.query('DELETE FROM public_state WHERE key = ANY ($1::bytea[])', [
      deletes.map(({ key }) => Buffer.from(key)),
    ]);
  if (puts.length === 0) return;
  await client.query(
    `INSERT INTO public_state SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bigint[], $5::int[])
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, policy = excluded.policy,
       block = excluded.block, tx = excluded.tx`,
    [
      puts.map(({ key }) => Buffer.from(key)),
      puts.map(({ record }) => record.value),
      puts.map(({ record }) => record.policy),
      puts.map(({ version }) => version.block),
      puts.map(({ version }) => version.tx),
    ],
  );
}

async function putPrivateState(client: Client, changes: PrivateChange[]): Promise<void> {
  const puts = changes.flatMap((change) => (change.record ? [{ ...change, record: change.record }] : []));
  const deletes = changes.filter(({ record }) => record === undefined);
  if (deletes.length > 0)
    await client.query(
      `DELETE FROM private_state WHERE (collection, key_hash) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
      [deletes.map(({ collection }) => collection), deletes.map(({ keyHash }) => keyHash)],
    );
  if (puts.length === 0) return;
  await client.query(
    `INSERT INTO private_state
       SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[], $4::bytea[], $5::bigint[], $6::int[])
     ON CONFLICT (collection, key_hash) DO UPDATE SET value_hash = excluded.value_hash, value = excluded.value,
       block = excluded.block, tx = excluded.tx`,
    [
      puts.map(({ collection }) => collection),
      puts.map(({ keyHash }) => keyHash),
      puts.map(({ record }) => record.valueHash),
      puts.map(({ record }) => record.value),
      puts.map(({ version }) => version.block),
      puts.map(({ version }) => version.tx),
    ],
  );
}

/** The last change of each key: an upsert may touch a row only once. */
function lastOf<T>(changes: readonly T[], keyOf: (change: T) => string): T[] {
  return [...new Map(changes.map((change) => [keyOf(change), change])).values()];
}

export async function readTip(client: Client): Promise<StoredBlock | null> {
  const { rows } = await client.query<{ tip: string | null }>('SELECT max(number) AS tip FROM blocks');
  const tip = rows[0]?.tip ?? null;
  return tip === null ? null : ((await readBlocks(client, Number(tip), 1))[0] ?? null);
}

export async function readBlocks(client: Client, from: number, limit: number): Promise<StoredBlock[]> {
  const range = [from, from + limit];
  const blocks = await client.query<BlockRow>(
    'SELECT * FROM blocks WHERE number >= $1 AND number < $2 ORDER BY number',
    range,
  );
  const writes = await client.query<PrivateWriteRow>(
    'SELECT * FROM private_writes WHERE block >= $1 AND block < $2 ORDER BY block, position',
    range,
  );
  const privateWrites = new Map<string, StoredPrivateWrite[]>();
  for (const { block, tx, collection, key, value } of writes.rows) {
    const ofBlock = privateWrites.get(block) ?? [];
    ofBlock.push({ tx, collection, key: key.toString(), value });
    privateWrites.set(block, ofBlock);
  }
  return blocks.rows.map((row) => ({
    number: Number(row.number),
    previousHash: row.previous_hash,
    dataHash: row.data_hash,
    hash: row.hash,
    envelopes: row.envelopes.split('\n'),
    validations: JSON.parse(row.validations) as Validation[],
    privateWrites: privateWrites.get(row.number) ?? [],
  }));
}

export async function readLedger(client: Client): Promise<StoredLedger> {
  const publicRows = await client.query<PublicRow>('SELECT * FROM public_state ORDER BY block, tx');
  const privateRows = await client.query<PrivateRow>('SELECT * FROM private_state ORDER BY block, tx');
  const transactions = await client.query<TransactionRow>('SELECT * FROM transactions');
  return {
    tip: await readTip(client),
    state: {
      publicChanges: publicRows.rows.map(({ key, value, policy, block, tx }) => ({
        key: key.toString(),
        record: { value, policy },
        version: { block: Number(block), tx },
      })),
      privateChanges: privateRows.rows.map((row) => ({
        collection: row.collection,
        keyHash: row.key_hash,
        record: { valueHash: row.value_hash, value: row.value },
        version: { block: Number(row.block), tx: row.tx },
      })),
    },
    transactions: transactions.rows.map(({ tx_id, block, index, code }) => ({
      txId: tx_id,
      block: Number(block),
      index,
      code,
    })),
  };
}

// bigint columns arrive as text.
interface BlockRow {
  number: string;
  previous_hash: string;
  data_hash: string;
  hash: string;
  envelopes: string;
  validations: string;
}

interface PrivateWriteRow {
  block: string;
  tx: number;
  collection: string;
  key: Buffer;
  value: Buffer | null;
}

interface PublicRow {
  key: Buffer;
  value: Buffer;
  policy: Buffer | null;
  block: string;
  tx: number;
}

interface PrivateRow {
  collection: string;
  key_hash: string;
  value_hash: Buffer;
  value: Buffer;
  block: string;
  tx: number;
}

interface TransactionRow {
  tx_id: string;
  block: string;
  index: number;
  code: number;
}
