import { ContractFailed, ContractRefusal, LedgerUnavailable, unwrapRefusal } from '../refusal';
import type { Block, Call, Ledger, LocatedTx, NotEndorsed, Outcome, Query, SubmitResult } from '../port';
import { describeOutcome } from '../outcome';
import type { CommitWaiters } from './commit-waiters';
import type { Committer } from './committer';
import type { Payload, Transaction } from './envelope';
import type { Faults } from './faults';
import type { Ordering } from './ordering';
import type { Peer, PeerAnswer } from './peer';
import { type Client, type Proposal, propose } from './proposal';
import { viewBlock } from './stored-block';

/** What all organisations of one embedded network share. */
export interface Channel {
  id: string;
  peers: ReadonlyMap<string, Peer>;
  committer: Committer;
  ordering: Ordering;
  waiters: CommitWaiters;
  faults: Faults;
  clock: () => Date;
  nonce: () => Buffer;
  commitTimeoutMs: number;
  maxBacklog: number;
  closed: AbortSignal;
}

const pageOfBlocks = 100;

/** The ledger port over an embedded network, as one organisation's client and peer. */
export class EmbeddedLedger implements Ledger {
  constructor(
    private readonly peer: Peer,
    private readonly channel: Channel,
  ) {}

  get mspId(): string {
    return this.peer.mspId;
  }

  async submit(call: Call): Promise<SubmitResult> {
    const proposal = this.propose(call);
    const { txId } = proposal;
    const endorsed = await this.endorse(proposal, call);
    if ('kind' in endorsed) return endorsed;
    try {
      await call.onEndorsed?.(txId);
    } catch (error) {
      return notEndorsed(txId, 'abandoned', `not sent: ${String(error)}`);
    }
    if (!this.isOpen) return notEndorsed(txId, 'unavailable', 'the ledger is closed');
    const outcome = this.channel.waiters.outcome(txId, this.channel.commitTimeoutMs);
    this.channel.ordering.order(endorsed);
    if (this.channel.faults.doublesSend(this.mspId)) this.channel.ordering.order(endorsed);
    const learnt = await outcome;
    return learnt === null || this.channel.faults.takesReply(this.mspId) ? { kind: 'unknown', txId } : learnt;
  }

  async evaluate(query: Query): Promise<string> {
    const answer = await this.peer.simulate(this.propose(query), query.afterBlock);
    if (answer.kind === 'done') return answer.response;
    if (answer.kind !== 'threw') throw new LedgerUnavailable(`peer of ${this.mspId} is ${answer.kind}`);
    const refusal = unwrapRefusal(answer.message);
    throw refusal === null ? new ContractFailed(answer.message) : new ContractRefusal(refusal);
  }

  height(): Promise<bigint> {
    return Promise.resolve(BigInt(this.peer.height));
  }

  async block(number: bigint): Promise<Block | null> {
    if (number < 0n || number >= BigInt(this.peer.height)) return null;
    const [block] = await this.channel.committer.read(Number(number), 1);
    return block === undefined ? null : viewBlock(block, this.mspId);
  }

  async transaction(txId: string): Promise<LocatedTx | null> {
    const position = this.channel.committer.position(txId);
    const block = position && (await this.block(BigInt(position.block)));
    const tx = position && block?.transactions[position.index];
    return tx ? { blockNumber: BigInt(position.block), index: position.index, tx } : null;
  }

  async outcome(txId: string): Promise<Outcome | null> {
    const position = this.channel.committer.position(txId);
    const block = position && (await this.block(BigInt(position.block)));
    return position && block ? describeOutcome(block, position.index) : null;
  }

  async *blocks(from: bigint, signal: AbortSignal): AsyncIterable<Block> {
    const until = AbortSignal.any([signal, this.channel.closed]);
    const isOver = () => until.aborted;
    let next = Number(from);
    while (!isOver()) {
      const available = Math.max(0, this.peer.height - next);
      const page = await this.channel.committer.read(next, Math.min(pageOfBlocks, available));
      for (const block of page) {
        if (isOver()) return;
        yield viewBlock(block, this.mspId);
        next = block.number + 1;
      }
      await this.peer.grownBeyond(next, until);
    }
  }

  /** False after closing, and after a block that could not be made durable. */
  private get isOpen(): boolean {
    return !this.channel.closed.aborted && this.channel.ordering.failure === null;
  }

  private propose(query: Query): Proposal {
    const client: Client = {
      mspId: this.mspId,
      certificate: this.peer.keys.clientCertificate,
      channelId: this.channel.id,
    };
    return propose(client, query, this.channel.clock(), this.channel.nonce());
  }

  private async endorse(proposal: Proposal, call: Call): Promise<Transaction | NotEndorsed> {
    const { txId } = proposal;
    if (!this.isOpen) return notEndorsed(txId, 'unavailable', 'the ledger is closed');
    if (this.channel.ordering.backlog >= this.channel.maxBacklog)
      return notEndorsed(txId, 'unavailable', 'ordering is overloaded');
    const names = [...new Set(call.endorsers)];
    const answers = await Promise.all(
      names.map(async (mspId): Promise<PeerAnswer> => {
        const peer = this.channel.peers.get(mspId);
        return peer === undefined ? { kind: 'unavailable' } : peer.endorse(proposal, call.afterBlock);
      }),
    );
    return agreement(txId, names, answers);
  }
}

/** The transaction that all endorsers agree on, or why there is none. */
function agreement(txId: string, names: readonly string[], answers: readonly PeerAnswer[]): Transaction | NotEndorsed {
  const who = (kind: PeerAnswer['kind']) => names.filter((_, index) => answers[index]?.kind === kind);
  if (answers.length === 0) return notEndorsed(txId, 'unavailable', 'no endorser named');
  for (const kind of ['unavailable', 'behind'] as const)
    if (answers.some((answer) => answer.kind === kind))
      return { ...notEndorsed(txId, kind, `${kind}: ${who(kind).join(', ')}`), organisations: who(kind) };

  const messages = answers.flatMap((answer) => (answer.kind === 'threw' ? [answer.message] : []));
  const results = answers.flatMap((answer) => (answer.kind === 'endorsed' ? [answer] : []));
  const [message] = messages;
  if (message !== undefined) return disagreement(txId, message, new Set(messages).size > 1 || results.length > 0);
  const [first] = results;
  if (first === undefined || results.some(({ payload }) => payload !== first.payload))
    return notEndorsed(txId, 'mismatch', 'endorsements do not match');
  return {
    envelope: { payload: first.payload, endorsements: results.map(({ endorsement }) => endorsement) },
    payload: JSON.parse(first.payload) as Payload,
    privateWrites: new Map(results.map(({ endorsement, privateWrites }) => [endorsement.mspId, privateWrites])),
  };
}

/** A refusal counts when all give the same: one alone may come from a peer that stands at another height. */
function disagreement(txId: string, message: string, isMixed: boolean): NotEndorsed {
  const refusal = unwrapRefusal(message);
  const cause = isMixed ? 'mismatch' : refusal === null ? 'failed' : 'refused';
  return { ...notEndorsed(txId, cause, message), ...(refusal === null ? {} : { refusal }) };
}

function notEndorsed(txId: string, cause: NotEndorsed['cause'], message: string): NotEndorsed {
  return { kind: 'notEndorsed', txId, cause, message };
}
