import { EventEmitter, once } from 'node:events';
import type { Query } from '../port';
import type { Chaincode, Simulated } from './chaincode';
import { endorse, type Endorsement, payloadOf } from './envelope';
import type { OrganisationKeys } from './organisation-keys';
import type { Proposal } from './proposal';
import type { PrivateWrite } from './read-write-set';
import type { WorldState } from './world-state';

export type PeerAnswer =
  | { kind: 'endorsed'; payload: string; endorsement: Endorsement; privateWrites: PrivateWrite[] }
  | { kind: 'threw'; message: string }
  | { kind: 'unavailable' }
  | { kind: 'behind' };

/** One simulated organisation's peer: its own chaincode, its own height in the one chain. */
export class Peer {
  /** Number of blocks this peer has committed. */
  height: number;
  isDown = false;
  lagBlocks = 0;
  forgesSignatures = false;
  private readonly growth = new EventEmitter().setMaxListeners(0);
  private readonly readHeights: number[] = [];

  constructor(
    readonly keys: OrganisationKeys,
    private readonly chaincode: Chaincode,
    private readonly state: WorldState,
    private readonly waitMs: number,
    chainHeight: number,
  ) {
    this.height = chainHeight;
  }

  get mspId(): string {
    return this.keys.mspId;
  }

  /** The oldest height that this peer, or a simulation still running on it, reads. */
  get oldestHeight(): number {
    return Math.min(this.height, ...this.readHeights);
  }

  /** Moves towards the chain's height, as far as the peer's faults let it; never back. */
  follow(chainHeight: number): void {
    const reachable = this.isDown ? this.height : chainHeight - this.lagBlocks;
    if (reachable <= this.height) return;
    this.height = reachable;
    this.growth.emit('grown');
  }

  async endorse(proposal: Proposal, afterBlock: bigint | undefined): Promise<PeerAnswer> {
    const simulated = await this.simulate(proposal, afterBlock);
    if (simulated.kind !== 'done') return simulated;
    const payload = payloadOf(proposal, simulated);
    const signed = this.forgesSignatures ? `${payload} ` : payload;
    const endorsement = endorse(signed, this.mspId, this.keys.peerPrivateKey);
    return { kind: 'endorsed', payload, endorsement, privateWrites: simulated.privateWrites };
  }

  async simulate(
    proposal: Proposal,
    afterBlock: Query['afterBlock'],
  ): Promise<Simulated | { kind: 'unavailable' } | { kind: 'behind' }> {
    if (this.isDown) return { kind: 'unavailable' };
    if (afterBlock !== undefined && !(await this.reaches(Number(afterBlock) + 1))) return { kind: 'behind' };
    const { height } = this;
    this.readHeights.push(height);
    try {
      return await this.chaincode.simulate(proposal, this.state.at(height));
    } finally {
      this.readHeights.splice(this.readHeights.indexOf(height), 1);
    }
  }

  /** Waits until the peer has grown beyond `height`, or `signal` is aborted. */
  async grownBeyond(height: number, signal: AbortSignal): Promise<void> {
    while (this.height <= height && !signal.aborted) {
      await once(this.growth, 'grown', { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  }

  private async reaches(height: number): Promise<boolean> {
    if (this.height < height) await this.grownBeyond(height - 1, AbortSignal.timeout(this.waitMs));
    return this.height >= height;
  }
}
