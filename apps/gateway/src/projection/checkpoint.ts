import type { Block } from '@tallystick/ledger';
import type { EntityManager } from 'typeorm';
import type { Statement } from './statement';

/** How far an organisation's projection has come: the next block's number, and the hash that it must name as its predecessor's. */
export interface Checkpoint {
  height: bigint;
  hash: string;
}

/** The next block does not follow on what was projected; the projection stops rather than guess. */
export class ChainBroken extends Error {
  override readonly name = 'ChainBroken';
  constructor(org: string, at: Checkpoint, block: Block) {
    super(
      `${org}: expected block ${String(at.height)} after ${at.hash || 'nothing'}, got ${String(block.number)} after ${block.previousHash}`,
    );
  }
}

/** How far the projection has come, as this transaction sees it. */
export async function seenHeight(manager: EntityManager, org: string): Promise<bigint> {
  const rows: { height: string }[] = await manager.query('SELECT height FROM projection WHERE org = $1', [org]);
  return BigInt(rows[0]?.height ?? 0);
}

/** Reads the checkpoint and keeps others from moving it until the transaction ends. */
export async function readCheckpoint(manager: EntityManager, org: string): Promise<Checkpoint> {
  const read = (): Promise<{ height: string; hash: string }[]> =>
    manager.query('SELECT height, hash FROM projection WHERE org = $1 FOR UPDATE', [org]);
  let [row] = await read();
  if (row === undefined) {
    await manager.query(`INSERT INTO projection (org, height, hash) VALUES ($1, 0, '') ON CONFLICT DO NOTHING`, [org]);
    [row] = await read();
  }
  return { height: BigInt(row?.height ?? 0), hash: row?.hash ?? '' };
}

/** What moves the checkpoint. */
export function checkpointStatement(org: string, { height, hash }: Checkpoint): Statement {
  return {
    sql: 'UPDATE projection SET height = $2, hash = $3 WHERE org = $1',
    parameters: [org, String(height), hash],
  };
}
