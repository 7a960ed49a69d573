import { createPublicKey, randomBytes } from 'node:crypto';
import type { Ledger, LedgerNetwork } from '../port';
import { describeOutcome } from '../outcome';
import type { BlockStore } from './block-store';
import { Chaincode, type ContractClass } from './chaincode';
import { CommitWaiters } from './commit-waiters';
import { Committer } from './committer';
import { type Channel, EmbeddedLedger } from './embedded-ledger';
import type { Transaction } from './envelope';
import { Faults } from './faults';
import { genesisBlock, requireSameGenesis } from './genesis';
import { type Batching, Ordering } from './ordering';
import { generateKeys, keysFromFile, type OrganisationKeys } from './organisation-keys';
import { Peer } from './peer';
import { parsePolicy } from './policy';
import { EMBEDDED_CHANNEL } from './proposal';
import { viewBlock } from './stored-block';

export interface EmbeddedNetworkOptions {
  /** Name of the channel; `embedded` if left out. */
  channel?: string;
  mspIds: readonly string[];
  contracts: readonly ContractClass[];
  /** Organisations whose peer runs other contracts than the rest: for tests of tampering. */
  contractsByOrg?: Readonly<Record<string, readonly ContractClass[]>>;
  /** `SignaturePolicyEnvelope` bytes: for keys without a policy of their own. */
  chaincodePolicy: Uint8Array;
  store: BlockStore;
  /** Where the organisations' keys are kept; made at the first start. Without it they live as long as the process. */
  keyFile?: string;
  /** Keys to use instead, so that a test can open a ledger again. */
  keys?: readonly OrganisationKeys[];
  batching?: Batching;
  /** The clients' clock: gives transactions their timestamps. */
  clock?: () => Date;
  /** 24 bytes that make a transaction id unique. */
  nonce?: () => Buffer;
  /** How long a caller waits for its transaction to be in a block before the outcome is `unknown`. */
  commitTimeoutMs?: number;
  /** How long an endorser waits to reach the block that a call depends on. */
  heightTimeoutMs?: number;
  /** Transactions that may wait for a block before further ones are turned away. */
  maxBacklog?: number;
}

/** No organisation's view: outcomes need no private data. */
const nobody = '';

/** Several simulated organisations on one hash-linked, persisted ledger, with Fabric's semantics, in one process. */
export class EmbeddedNetwork implements LedgerNetwork {
  readonly faults: Faults;

  private constructor(
    private readonly channel: Channel,
    private readonly store: BlockStore,
    private readonly stop: AbortController,
  ) {
    this.faults = channel.faults;
  }

  /** @throws Error when the stored ledger is damaged, in use, or was begun under another configuration */
  static async open(options: EmbeddedNetworkOptions): Promise<EmbeddedNetwork> {
    const clock = options.clock ?? (() => new Date());
    const keys = options.keys ?? keysFor(options, clock());
    const genesis = genesisBlock(keys, options.chaincodePolicy);
    const peerKeys = new Map(keys.map(({ mspId, peerPublicKey }) => [mspId, createPublicKey(peerPublicKey)]));
    const committer = await Committer.open(options.store, genesis, parsePolicy(options.chaincodePolicy), peerKeys);
    requireSameGenesis((await committer.read(0, 1))[0], genesis);

    const peers = new Map(keys.map((each) => [each.mspId, openPeer(each, options, committer)]));
    const waiters = new CommitWaiters();
    const ordering = new Ordering(options.batching ?? { maxTransactions: 50, timeoutMs: 20 }, (batch) =>
      commitBatch(batch, committer, peers, waiters),
    );
    const stop = new AbortController();
    const channel: Channel = {
      id: options.channel ?? EMBEDDED_CHANNEL,
      peers,
      committer,
      ordering,
      waiters,
      faults: new Faults(peers, committer, ordering),
      clock,
      nonce: options.nonce ?? (() => randomBytes(24)),
      commitTimeoutMs: options.commitTimeoutMs ?? 15_000,
      maxBacklog: options.maxBacklog ?? 5_000,
      closed: stop.signal,
    };
    return new EmbeddedNetwork(channel, options.store, stop);
  }

  get mspIds(): string[] {
    return [...this.channel.peers.keys()];
  }

  ledgerFor(mspId: string): Ledger {
    const peer = this.channel.peers.get(mspId);
    if (peer === undefined) throw new Error(`no organisation ${mspId} on this network`);
    return new EmbeddedLedger(peer, this.channel);
  }

  /** Cuts a block of what waits: for tests that batch by hand. */
  cutBlock(): Promise<void> {
    return this.channel.ordering.cut();
  }

  /** Transactions that wait for a block. */
  get backlog(): number {
    return this.channel.ordering.backlog;
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.channel.ordering.close();
    this.channel.waiters.close();
    await this.store.close();
  }
}

function keysFor({ keyFile, mspIds }: EmbeddedNetworkOptions, now: Date): OrganisationKeys[] {
  return keyFile === undefined ? mspIds.map((mspId) => generateKeys(mspId, now)) : keysFromFile(keyFile, mspIds, now);
}

function openPeer(keys: OrganisationKeys, options: EmbeddedNetworkOptions, committer: Committer): Peer {
  const contracts = options.contractsByOrg?.[keys.mspId] ?? options.contracts;
  const chaincode = new Chaincode(keys.mspId, contracts);
  return new Peer(keys, chaincode, committer.state, options.heightTimeoutMs ?? 10_000, committer.height);
}

async function commitBatch(
  batch: Transaction[],
  committer: Committer,
  peers: ReadonlyMap<string, Peer>,
  waiters: CommitWaiters,
): Promise<void> {
  const block = await committer.commit(batch);
  for (const peer of peers.values()) peer.follow(committer.height);
  committer.state.forgetBefore(Math.min(...[...peers.values()].map(({ oldestHeight }) => oldestHeight)));
  const view = viewBlock(block, nobody);
  view.transactions.forEach((_, index) => {
    waiters.announce(describeOutcome(view, index));
  });
}
