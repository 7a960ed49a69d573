import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secureTable } from '../row-security';

/** Firms that want to become members. */
export class Applications1795394000000 implements MigrationInterface {
  readonly name = 'Applications1795394000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE applications (
        id uuid NOT NULL,
        org text NOT NULL,
        member text NOT NULL,
        applicant text NOT NULL,
        state text NOT NULL,
        subject jsonb NOT NULL,
        admission jsonb NOT NULL,
        user_ids uuid[] NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT applications_pk PRIMARY KEY (id)
      )`);
    await secureTable(runner, 'applications', 'SELECT, INSERT, UPDATE');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE applications');
  }
}
