import type { QueryRunner } from 'typeorm';
import { APP_ROLE } from './roles';

/**
 * Puts a table behind row-level security, forced on its owner too: a row is seen by the member in its columns `org`
 * and `member` (a null member: by everyone at that organisation), and by `withSystem`. Call it in the migration that
 * makes the table.
 * @param rights of the application's role; leave out UPDATE and DELETE for tables that only grow
 */
export async function secureTable(
  runner: QueryRunner,
  table: string,
  rights = 'SELECT, INSERT, UPDATE, DELETE',
): Promise<void> {
  await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  await runner.query(`CREATE POLICY ${table}_visible ON ${table} USING (app_sees(org, member))`);
  await runner.query(`GRANT ${rights} ON ${table} TO ${APP_ROLE}`);
}

/** The test each policy applies; a transaction that declared nothing sees nothing. */
export const APP_SEES = `
  CREATE FUNCTION app_sees(row_org text, row_member text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(
      current_setting('app.scope', true) = 'system'
      OR (
        current_setting('app.scope', true) = 'member'
        AND row_org = current_setting('app.org', true)
        AND (row_member IS NULL OR row_member = current_setting('app.member', true))
      ),
      false
    )
  $$`;
