import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';

/** Every table that the projection fills, with the order that makes its rows comparable. */
export const PROJECTED_TABLES = {
  ledger_block: 'number',
  ledger_transaction: 'block, tx',
  ledger_change: 'block, tx, idx',
  clock_change: 'block, tx',
  record: 'ref',
  opening: 'ref',
  signed_instruction: 'key',
  sight: 'member, ref',
  projection: 'org',
} as const;

type ProjectedTable = keyof typeof PROJECTED_TABLES;
const ALL_TABLES = Object.keys(PROJECTED_TABLES) as ProjectedTable[];

/** SHA-256 over all rows of an organisation in canonical order: equal for live, rebuilt, resumed (I20). Run it with all rows in sight. */
export async function dumpHash(
  manager: EntityManager,
  org: string,
  tables: readonly ProjectedTable[] = ALL_TABLES,
): Promise<string> {
  const hash = createHash('sha256');
  for (const table of tables) {
    const order = PROJECTED_TABLES[table];
    const rows: { row: string }[] = await manager.query(
      `SELECT row_to_json(t)::text AS row FROM ${table} t WHERE org = $1 ORDER BY ${order}`,
      [org],
    );
    hash.update(`${table} ${String(rows.length)}\n`);
    for (const { row } of rows) hash.update(`${row}\n`);
  }
  return hash.digest('hex');
}

/** Forgets everything projected for an organisation. */
export async function emptyProjection(manager: EntityManager, org: string): Promise<void> {
  for (const table of Object.keys(PROJECTED_TABLES)) await manager.query(`DELETE FROM ${table} WHERE org = $1`, [org]);
}
