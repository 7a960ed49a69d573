import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../roles';

/** When the trial clock was moved, and by how much: what happened before keeps its own business time. */
export class ClockChanges1795398000000 implements MigrationInterface {
  readonly name = 'ClockChanges1795398000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE clock_change (
        org text NOT NULL,
        block bigint NOT NULL,
        tx integer NOT NULL,
        at text NOT NULL,
        offset_ms bigint NOT NULL,
        CONSTRAINT clock_change_pk PRIMARY KEY (org, block, tx)
      )`);
    await runner.query('ALTER TABLE clock_change ENABLE ROW LEVEL SECURITY');
    await runner.query('ALTER TABLE clock_change FORCE ROW LEVEL SECURITY');
    await runner.query('CREATE POLICY clock_change_read ON clock_change FOR SELECT USING (app_sees(org, NULL))');
    await runner.query('CREATE POLICY clock_change_write ON clock_change USING (app_is_system())');
    await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON clock_change TO ${APP_ROLE}`);
    // Filled from the ledger like the rest of the projection, which is made anew from block 0.
    await runner.query(
      'TRUNCATE projection, ledger_block, ledger_transaction, ledger_change, record, opening, signed_instruction, sight',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE clock_change');
  }
}
