import type { Block, Ledger } from '@tallystick/ledger';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { batched } from './batched';
import type { Projected, Projector } from './projector';

/** Most blocks in one database transaction; live there is mostly one, more when they come faster than they are written. */
const MOST_BLOCKS = 200;
/** And most transactions, so that memory stays bounded. */
const MOST_TRANSACTIONS = 2_000;

export interface FollowOptions {
  /** In the same database transaction as each batch. */
  alongside?: (manager: EntityManager, projected: Projected) => Promise<void>;
  /** After each batch has committed. */
  applied?: (projected: Projected) => void;
}

/** Applies every block the ledger has now, many in a transaction. @returns where the projection then stands */
export async function catchUp(
  ledger: Ledger,
  projector: Projector,
  from: bigint,
  options: FollowOptions = {},
): Promise<bigint> {
  const height = await ledger.height();
  let next = from;
  let reading = readBatch(ledger, projector.org, next, height);
  while (next < height) {
    const blocks = await reading;
    next += BigInt(blocks.length);
    // The ledger delivers the next ones while these are written.
    reading = readBatch(ledger, projector.org, next, height);
    reading.catch(() => undefined); // thrown where it is awaited
    const projected = await projector.apply(blocks, options.alongside);
    options.applied?.(projected);
  }
  return next;
}

async function readBatch(ledger: Ledger, org: string, from: bigint, height: bigint): Promise<Block[]> {
  const blocks: Block[] = [];
  let transactions = 0;
  for (let next = from; next < height && blocks.length < MOST_BLOCKS && transactions < MOST_TRANSACTIONS; next += 1n) {
    const block = await ledger.block(next);
    if (block === null) throw new Error(`${org}: the ledger has no block ${String(next)} of ${String(height)}`);
    blocks.push(block);
    transactions += block.transactions.length;
  }
  return blocks;
}

/** Catches up, then applies blocks as they come, until `signal` is aborted. @throws what a block's projection throws */
export async function follow(
  ledger: Ledger,
  projector: Projector,
  from: bigint,
  signal: AbortSignal,
  options: FollowOptions = {},
): Promise<void> {
  const next = await catchUp(ledger, projector, from, options);
  for await (const blocks of batched(ledger.blocks(next, signal), MOST_BLOCKS)) {
    if (signal.aborted) return;
    const projected = await projector.apply(blocks, options.alongside);
    options.applied?.(projected);
  }
}

/** Waits before another try: longer each time, never above ten seconds; false when there is to be none. */
export async function pause(attempt: number, signal: AbortSignal): Promise<boolean> {
  const ms = Math.min(100 * 2 ** attempt, 10_000);
  await sleep(ms, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}
