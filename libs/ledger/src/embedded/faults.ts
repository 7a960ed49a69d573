import type { Committer } from './committer';
import type { Envelope } from './envelope';
import type { Ordering } from './ordering';
import type { Peer } from './peer';
import { payloadAt } from './stored-block';

/** What can go wrong on a network, at will: for simulations and tests. */
export class Faults {
  private readonly droppedReplies = new Map<string, number>();
  private readonly doubledSends = new Map<string, number>();

  constructor(
    private readonly peers: ReadonlyMap<string, Peer>,
    private readonly committer: Committer,
    private readonly ordering: Ordering,
  ) {}

  /** The organisation's peer answers nobody and commits nothing until it is up again. */
  setDown(mspId: string, isDown: boolean): void {
    const peer = this.peer(mspId);
    peer.isDown = isDown;
    peer.follow(this.committer.height);
  }

  /** The organisation's peer stays this many blocks behind the chain. */
  setLag(mspId: string, blocks: number): void {
    const peer = this.peer(mspId);
    peer.lagBlocks = blocks;
    peer.follow(this.committer.height);
  }

  /** The organisation's peer signs something else than what it answers. */
  setForging(mspId: string, forgesSignatures: boolean): void {
    this.peer(mspId).forgesSignatures = forgesSignatures;
  }

  /** The organisation's client does not learn the outcome of its next `count` transactions. */
  dropReplies(mspId: string, count: number): void {
    this.droppedReplies.set(mspId, count);
  }

  /** The organisation's client sends each of its next `count` transactions to ordering twice. */
  sendTwice(mspId: string, count: number): void {
    this.doubledSends.set(mspId, count);
  }

  /** True once per reply to be dropped. */
  takesReply(mspId: string): boolean {
    return takeOne(this.droppedReplies, mspId);
  }

  /** True once per transaction to be sent twice. */
  doublesSend(mspId: string): boolean {
    return takeOne(this.doubledSends, mspId);
  }

  /** Sends a committed transaction to ordering once more. @throws Error when there is none with that id */
  async resubmit(txId: string): Promise<void> {
    const position = this.committer.position(txId);
    const [block] = position === undefined ? [] : await this.committer.read(position.block, 1);
    if (position === undefined || block === undefined) throw new Error(`no transaction ${txId}`);
    const envelope = JSON.parse(block.envelopes[position.index] ?? '') as Envelope;
    this.ordering.order({ envelope, payload: payloadAt(block, position.index), privateWrites: new Map() });
  }

  private peer(mspId: string): Peer {
    const peer = this.peers.get(mspId);
    if (peer === undefined) throw new Error(`no organisation ${mspId}`);
    return peer;
  }
}

function takeOne(left: Map<string, number>, mspId: string): boolean {
  const count = left.get(mspId) ?? 0;
  left.set(mspId, Math.max(0, count - 1));
  return count > 0;
}
