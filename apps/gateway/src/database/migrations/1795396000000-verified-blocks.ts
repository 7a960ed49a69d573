import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../roles';

/** Which blocks passed every check of the projection: kept when the read model is emptied, so that a rebuild need not check them again. */
export class VerifiedBlocks1795396000000 implements MigrationInterface {
  readonly name = 'VerifiedBlocks1795396000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE verified_block (
        org text NOT NULL,
        number bigint NOT NULL,
        prefix text NOT NULL,
        verdict text,
        CONSTRAINT verified_block_pk PRIMARY KEY (org, number)
      )`);
    await runner.query('ALTER TABLE verified_block ENABLE ROW LEVEL SECURITY');
    await runner.query('ALTER TABLE verified_block FORCE ROW LEVEL SECURITY');
    await runner.query('CREATE POLICY verified_block_system ON verified_block USING (app_is_system())');
    await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON verified_block TO ${APP_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE verified_block');
  }
}
