import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../roles';

/** Tables that the projection fills from the ledger, all of which can be emptied and filled again. */
const PUBLIC_TABLES = ['projection', 'ledger_block', 'ledger_transaction', 'ledger_change', 'record'];

/** Whether the caller may see something that the sights of the running transaction's member name. */
const SEEN = (row: string, refs: string): string =>
  `app_is_system() OR EXISTS (
     SELECT 1 FROM sight s
     WHERE s.org = ${row}.org AND s.member = current_setting('app.member', true) AND s.ref = ${refs})`;

/**
 * The mirror of the ledger. Public state is read by every member of the organisation; openings and instructions only
 * through a `sight`, the row that says who sees what. Nobody but the projection writes (`app.scope = system`).
 */
export class Projection1795392100000 implements MigrationInterface {
  readonly name = 'Projection1795392100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION app_is_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT coalesce(current_setting('app.scope', true) = 'system', false)
      $$`);
    await runner.query(`
      CREATE TABLE projection (
        org text NOT NULL CONSTRAINT projection_pk PRIMARY KEY,
        height bigint NOT NULL,
        hash text NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE ledger_block (
        org text NOT NULL,
        number bigint NOT NULL,
        hash text NOT NULL,
        at text,
        transactions integer NOT NULL,
        CONSTRAINT ledger_block_pk PRIMARY KEY (org, number)
      )`);
    await runner.query(`
      CREATE TABLE ledger_transaction (
        org text NOT NULL,
        block bigint NOT NULL,
        tx integer NOT NULL,
        tx_id text NOT NULL,
        at text NOT NULL,
        contract text NOT NULL,
        fn text NOT NULL,
        code integer NOT NULL,
        creator text NOT NULL,
        instructions text[] NOT NULL,
        CONSTRAINT ledger_transaction_pk PRIMARY KEY (org, block, tx)
      )`);
    await runner.query(`
      CREATE TABLE ledger_change (
        org text NOT NULL,
        block bigint NOT NULL,
        tx integer NOT NULL,
        idx integer NOT NULL,
        ref text NOT NULL,
        certificate text,
        CONSTRAINT ledger_change_pk PRIMARY KEY (org, block, tx, idx)
      )`);
    await runner.query(
      'CREATE INDEX ledger_change_certificate ON ledger_change (org, certificate, block, tx) WHERE certificate IS NOT NULL',
    );
    await runner.query(`
      CREATE TABLE record (
        org text NOT NULL,
        ref text NOT NULL,
        type text NOT NULL,
        scope text,
        body jsonb NOT NULL,
        block bigint NOT NULL,
        tx integer NOT NULL,
        counterfeit text,
        CONSTRAINT record_pk PRIMARY KEY (org, ref)
      )`);
    await runner.query('CREATE INDEX record_scope ON record (org, type, scope) WHERE scope IS NOT NULL');
    await runner.query('CREATE INDEX record_counterfeit ON record (org, ref) WHERE counterfeit IS NOT NULL');
    await runner.query(`
      CREATE TABLE opening (
        org text NOT NULL,
        ref text NOT NULL,
        type text NOT NULL,
        body jsonb NOT NULL,
        proved boolean NOT NULL,
        block bigint NOT NULL,
        tx integer NOT NULL,
        CONSTRAINT opening_pk PRIMARY KEY (org, ref)
      )`);
    await runner.query(`
      CREATE TABLE signed_instruction (
        org text NOT NULL,
        key text NOT NULL,
        member text NOT NULL,
        body jsonb NOT NULL,
        refs text[] NOT NULL,
        CONSTRAINT signed_instruction_pk PRIMARY KEY (org, key)
      )`);
    await runner.query(`
      CREATE TABLE sight (
        org text NOT NULL,
        member text NOT NULL,
        ref text NOT NULL,
        type text NOT NULL,
        scope text,
        roles text[] NOT NULL,
        sort text NOT NULL,
        fen bigint,
        CONSTRAINT sight_pk PRIMARY KEY (org, member, ref)
      )`);
    await runner.query('CREATE INDEX sight_list ON sight (org, member, type, sort, ref)');
    await runner.query('CREATE INDEX sight_scope ON sight (org, member, type, scope)');
    await runner.query('CREATE INDEX sight_ref ON sight (org, ref)');

    for (const table of PUBLIC_TABLES) await secure(runner, table, 'app_sees(org, NULL)');
    await secure(runner, 'sight', 'app_sees(org, member)');
    await secure(runner, 'opening', SEEN('opening', 'opening.ref'));
    await secure(runner, 'signed_instruction', SEEN('signed_instruction', 'ANY (signed_instruction.refs)'));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['signed_instruction', 'opening', 'sight', ...PUBLIC_TABLES])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP FUNCTION app_is_system()');
  }
}

async function secure(runner: QueryRunner, table: string, visible: string): Promise<void> {
  await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  await runner.query(`CREATE POLICY ${table}_read ON ${table} FOR SELECT USING (${visible})`);
  await runner.query(`CREATE POLICY ${table}_insert ON ${table} FOR INSERT WITH CHECK (app_is_system())`);
  await runner.query(`CREATE POLICY ${table}_update ON ${table} FOR UPDATE USING (app_is_system())`);
  await runner.query(`CREATE POLICY ${table}_delete ON ${table} FOR DELETE USING (app_is_system())`);
  await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${APP_ROLE}`);
}
