import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When what an operation asks to be signed can be signed no more; and a way to find those that still wait. */
export class OperationExpiry1795397000000 implements MigrationInterface {
  readonly name = 'OperationExpiry1795397000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE operations ADD COLUMN not_after timestamptz');
    // Instructions of drafts made so far live for a week.
    await runner.query(`UPDATE operations SET not_after = created_at + interval '7 days'`);
    await runner.query('ALTER TABLE operations ALTER COLUMN not_after SET NOT NULL');
    await runner.query(`CREATE INDEX operations_waiting ON operations (org) WHERE state IN ('toSign', 'toCheck')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX operations_waiting');
    await runner.query('ALTER TABLE operations DROP COLUMN not_after');
  }
}
