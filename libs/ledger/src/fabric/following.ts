import type { peer } from '@hyperledger/fabric-protos';
import type { Block } from '../port';
import { backoff, pause } from './pause';

const firstPauseMs = 100;
const longestPauseMs = 5_000;

export interface BlockSource {
  /** Blocks from one on, until it fails or `signal` is aborted. */
  open(from: bigint, signal: AbortSignal): AsyncIterable<peer.BlockAndPrivateData>;
  decode(block: peer.BlockAndPrivateData): Block;
  /** Told why a stream ended before it was to. */
  onTrouble(error: unknown): void;
}

/**
 * Blocks from `from` on, in order, each once, for ever: a stream that fails, ends, or leaves one out is opened again
 * where it broke off.
 * @throws what `decode` throws: no later try would understand that block
 */
export async function* following(source: BlockSource, from: bigint, signal: AbortSignal): AsyncGenerator<Block> {
  let next = from;
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      for await (const raw of source.open(next, signal)) {
        if (isOver(signal)) return;
        const number = BigInt(raw.getBlock()?.getHeader()?.getNumber() ?? -1);
        if (number < next) continue;
        if (number > next) throw new Error(`block ${number} came when ${next} was due`);
        const block = decoded(source, raw);
        next += 1n;
        failures = 0;
        yield block;
      }
    } catch (error) {
      if (error instanceof Undecodable) throw error.cause;
      if (!isOver(signal)) source.onTrouble(error);
    }
    if (!isOver(signal)) await pause(backoff(failures, firstPauseMs, longestPauseMs), signal);
  }
}

class Undecodable extends Error {}

function decoded(source: BlockSource, raw: peer.BlockAndPrivateData): Block {
  try {
    return source.decode(raw);
  } catch (error) {
    throw new Undecodable('a block cannot be read', { cause: error });
  }
}

/** Asked again after each wait: TypeScript takes `aborted` for unchanging. */
function isOver({ aborted }: AbortSignal): boolean {
  return aborted;
}
