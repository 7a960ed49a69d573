import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secureTable } from '../row-security';

/** Operations with steps and signatures; submissions to the ledger, which only grow and change state. */
export class Operations1795393000000 implements MigrationInterface {
  readonly name = 'Operations1795393000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE operations (
        id uuid NOT NULL,
        org text NOT NULL,
        member text NOT NULL,
        kind text NOT NULL,
        state text NOT NULL,
        version integer NOT NULL,
        created_by uuid NOT NULL,
        created_by_name text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        deadline timestamptz,
        authority text NOT NULL,
        amount_fen text NOT NULL,
        summary jsonb NOT NULL,
        form jsonb NOT NULL,
        note text,
        CONSTRAINT operations_pk PRIMARY KEY (id)
      )`);
    await runner.query('CREATE INDEX operations_list ON operations (org, member, created_at, id)');
    await runner.query(`
      CREATE TABLE operation_steps (
        operation_id uuid NOT NULL,
        idx integer NOT NULL,
        org text NOT NULL,
        member text NOT NULL,
        state text NOT NULL,
        draft text NOT NULL,
        instruction text,
        secret text,
        outcome jsonb,
        refusal jsonb,
        CONSTRAINT operation_steps_pk PRIMARY KEY (operation_id, idx)
      )`);
    await runner.query(`
      CREATE TABLE operation_signatures (
        operation_id uuid NOT NULL,
        role text NOT NULL,
        org text NOT NULL,
        member text NOT NULL,
        user_id uuid NOT NULL,
        user_name text NOT NULL,
        at timestamptz NOT NULL,
        steps text NOT NULL,
        CONSTRAINT operation_signatures_pk PRIMARY KEY (operation_id, role),
        CONSTRAINT operation_signatures_person UNIQUE (operation_id, user_id)
      )`);
    await runner.query(`
      CREATE TABLE ledger_submissions (
        instruction_key text NOT NULL,
        org text NOT NULL,
        member text NOT NULL,
        operation_id uuid,
        step_idx integer,
        call text NOT NULL,
        line text,
        queue text NOT NULL,
        state text NOT NULL,
        signed text NOT NULL,
        companions text NOT NULL,
        tx_id text,
        block bigint,
        attempts integer NOT NULL,
        owed text[] NOT NULL,
        refusal jsonb,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT ledger_submissions_pk PRIMARY KEY (instruction_key)
      )`);
    await runner.query('CREATE INDEX ledger_submissions_open ON ledger_submissions (org, state, created_at)');
    await runner.query('CREATE INDEX ledger_submissions_operation ON ledger_submissions (operation_id, step_idx)');
    // Nothing that was signed or sent is ever deleted.
    for (const table of ['operations', 'operation_steps', 'operation_signatures', 'ledger_submissions']) {
      await secureTable(runner, table, 'SELECT, INSERT, UPDATE');
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['ledger_submissions', 'operation_signatures', 'operation_steps', 'operations']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
