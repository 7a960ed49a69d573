import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A schema of the test run's PostgreSQL that one spec has for itself. */
export interface ScratchSchema {
  connectionString: string;
  schema: string;
  /** Runs one statement beside the ledger. */
  query(statement: string): Promise<unknown[]>;
  drop(): Promise<void>;
}

export async function scratchSchema(): Promise<ScratchSchema> {
  const keeper = process.env['TALLYSTICK_TEST_DATABASE'];
  if (keeper === undefined) throw new Error('TALLYSTICK_TEST_DATABASE is not set: run with the Jest configuration');
  const connectionString = await (await fetch(keeper)).text();
  const schema = `ledger_${randomBytes(6).toString('hex')}`;
  const client = new Client({ connectionString });
  await client.connect();
  return {
    connectionString,
    schema,
    query: async (statement) => (await client.query(statement)).rows as unknown[],
    drop: async () => {
      await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      await client.end();
    },
  };
}
