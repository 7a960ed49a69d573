import type { common, peer } from '@hyperledger/fabric-protos';
import { describeOutcome } from '../outcome';
import type { Block, Call, Ledger, LocatedTx, Outcome, Query, SubmitResult } from '../port';
import { ContractFailed, ContractRefusal, LedgerUnavailable, unwrapRefusal } from '../refusal';
import { decodeBlock } from './block-decoding';
import { BlockReader } from './block-reader';
import { ChannelMembers } from './channel-members';
import { type ChaincodeRequest, type Endorsed, type FabricClient, PeerProblem } from './client';
import { endorse } from './endorsing';
import { type BlockSource, following } from './following';
import { Heights } from './heights';
import { backoff, pause } from './pause';
import { SystemQueries } from './system-queries';
import { behind, notEndorsed } from './verdict';

export interface FabricTimes {
  /** Longest wait for endorsers' answers, and for the answer to an evaluation. */
  endorseMs: number;
  /** Longest wait for an endorser to reach the block that a call depends on. */
  heightMs: number;
  /** Longest wait for the transaction to be in a block, before its outcome is `unknown`. */
  commitMs: number;
  /** Longest wait for a peer's answer about the channel: who is slower counts as down. */
  systemMs: number;
}

export interface FabricLedgerOptions {
  client: FabricClient;
  mspId: string;
  /** All organisations whose peers can be asked, the own one first. */
  organisations: readonly string[];
  channel: string;
  chaincode: string;
  times: FabricTimes;
  closed: AbortSignal;
  /** Told what was overcome without the caller noticing: a stream opened again, a peer that did not answer. */
  onTrouble: (message: string) => void;
}

const mostBusyAttempts = 6;
/** A peer that has told nothing of a transaction for so long is asked, and then others. */
const longestSilenceMs = 5_000;

/** The ledger port on a Fabric channel, as one organisation's client; the same over either client library. */
export class FabricLedger implements Ledger {
  readonly mspId: string;
  private readonly system: SystemQueries;
  private readonly heights: Heights;
  private readonly reader: BlockReader;
  private readonly members = new ChannelMembers();
  private knowsMembers: Promise<void> | null = null;

  constructor(private readonly options: FabricLedgerOptions) {
    this.mspId = options.mspId;
    this.system = new SystemQueries(options.client, options.channel, options.times.systemMs);
    this.heights = new Heights((mspId) => this.system.height(mspId));
    this.reader = new BlockReader((from, signal) => options.client.blocks(from, signal));
    options.closed.addEventListener('abort', () => {
      this.reader.close();
    });
  }

  async submit(call: Call): Promise<SubmitResult> {
    const { client, times, closed } = this.options;
    const request = this.request(call);
    const proposal = client.propose(request, [...new Set(call.endorsers)]);
    const { txId } = proposal;
    if (closed.aborted) return notEndorsed(txId, 'unavailable', 'the ledger is closed');
    const probe = (mspId: string) => client.evaluate(mspId, request, times.systemMs);
    const { mspId: ownMspId, heights } = this;
    const endorsed = await endorse({ proposal, ownMspId, heights, times, probe }, call);
    if ('kind' in endorsed) return endorsed;
    try {
      await call.onEndorsed?.(txId);
    } catch (error) {
      return notEndorsed(txId, 'abandoned', `not sent: ${String(error)}`);
    }
    return this.order(txId, endorsed);
  }

  async evaluate(query: Query): Promise<string> {
    const { client, times } = this.options;
    if (query.afterBlock !== undefined) await this.requireHeight(query.afterBlock + 1n);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return Buffer.from(await client.evaluate(this.mspId, this.request(query), times.endorseMs)).toString();
      } catch (error) {
        if (!(error instanceof PeerProblem)) throw error;
        if (error.kind === 'threw') throw contractError(error.message);
        if (error.kind !== 'busy' || attempt >= mostBusyAttempts)
          throw new LedgerUnavailable(`peer of ${this.mspId}: ${error.message}`);
        await pause(backoff(attempt, 25, 1_000));
      }
    }
  }

  async height(): Promise<bigint> {
    return this.asked(this.heights.now(this.mspId));
  }

  async block(number: bigint): Promise<Block | null> {
    if (number < 0n) return null;
    if (!this.heights.hasReached(this.mspId, number + 1n) && (await this.height()) <= number) return null;
    return this.decode(await this.read(number));
  }

  async transaction(txId: string): Promise<LocatedTx | null> {
    const found = await this.asked(this.system.blockWith(this.mspId, txId));
    const blockNumber = BigInt(found?.getHeader()?.getNumber() ?? -1);
    const block = found && (await this.block(blockNumber));
    const index = block?.transactions.findIndex((tx) => tx.txId === txId) ?? -1;
    const tx = block?.transactions[index];
    return tx === undefined ? null : { blockNumber, index, tx };
  }

  /** From the own peer; another organisation's is asked when that one cannot be. */
  async outcome(txId: string): Promise<Outcome | null> {
    const problems: string[] = [];
    for (const mspId of this.options.organisations) {
      try {
        const block = await this.system.blockWith(mspId, txId);
        return block && this.outcomeIn(block, txId);
      } catch (error) {
        problems.push(`${mspId}: ${String(error)}`);
        this.options.onTrouble(`outcome of ${txId} not told by ${mspId}: ${String(error)}`);
      }
    }
    throw new LedgerUnavailable(problems.join('; '));
  }

  blocks(from: bigint, signal: AbortSignal): AsyncIterable<Block> {
    const { client, closed, onTrouble } = this.options;
    const learnMembers = () => this.learnMembers();
    const source: BlockSource = {
      open: async function* (next, stop) {
        await learnMembers();
        yield* client.blocks(next, stop);
      },
      decode: (raw) => this.decode(raw),
      onTrouble: (error) => {
        onTrouble(`block stream broke off and is opened again: ${String(error)}`);
      },
    };
    return following(source, from, AbortSignal.any([signal, closed]));
  }

  /** Sends the transaction, and finds out what became of it whatever happens on the way. */
  private async order(txId: string, endorsed: Endorsed): Promise<SubmitResult> {
    const { times, closed, onTrouble } = this.options;
    const deadline = performance.now() + times.commitMs;
    const left = () => Math.max(1, deadline - performance.now());
    await endorsed.order(left()).catch((error: unknown) => {
      onTrouble(`${txId} may not have been sent to ordering: ${String(error)}`);
    });
    for (let attempt = 0; ; attempt += 1) {
      try {
        const { code, blockNumber } = await endorsed.ended(Math.min(longestSilenceMs, left()));
        if (code === 0) return { kind: 'committed', txId, blockNumber, result: endorsed.result };
      } catch (error) {
        onTrouble(`outcome of ${txId} is looked up: ${String(error)}`);
      }
      const outcome = await this.outcome(txId).catch(() => null);
      if (outcome !== null) return outcome;
      if (performance.now() >= deadline || closed.aborted) return { kind: 'unknown', txId };
      await pause(backoff(attempt, 50, 1_000), closed);
    }
  }

  /** Whose endorsements are real plays no part in it. */
  private outcomeIn(found: common.Block, txId: string): Outcome {
    const block = decodeBlock(found, [], this.context);
    const index = block.transactions.findIndex((tx) => tx.txId === txId);
    return describeOutcome(block, index);
  }

  private async read(number: bigint): Promise<peer.BlockAndPrivateData> {
    try {
      await this.learnMembers();
      return await this.reader.read(number, this.options.times.endorseMs);
    } catch (error) {
      throw new LedgerUnavailable(`block ${number}: ${String(error)}`, { cause: error });
    }
  }

  private decode(raw: peer.BlockAndPrivateData): Block {
    const block = raw.getBlock();
    if (block === undefined) throw new Error('an answer without a block');
    return decodeBlock(block, raw.getPrivateDataMapMap().entries(), this.context);
  }

  private get context() {
    return { chaincode: this.options.chaincode, members: this.members };
  }

  /** The channel's organisations as they are now; changes come with the blocks. */
  private learnMembers(): Promise<void> {
    this.knowsMembers ??= this.system.configuration(this.mspId).then(
      (block) => {
        this.members.learn(block);
      },
      (error: unknown) => {
        this.knowsMembers = null;
        throw error;
      },
    );
    return this.knowsMembers;
  }

  private async requireHeight(height: bigint): Promise<void> {
    const late = await this.heights.reach([this.mspId], height, this.options.times.heightMs);
    if (late.length > 0) throw new LedgerUnavailable(behind('', late).message);
  }

  private request({ contract, fn, args, transient }: Query): ChaincodeRequest {
    const request = { chaincode: this.options.chaincode, fn: `${contract}:${fn}`, args };
    return transient === undefined ? request : { ...request, transient };
  }

  private async asked<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw error instanceof PeerProblem ? new LedgerUnavailable(`peer of ${this.mspId}: ${error.message}`) : error;
    }
  }
}

function contractError(message: string): Error {
  const refusal = unwrapRefusal(message);
  return refusal === null ? new ContractFailed(message) : new ContractRefusal(refusal);
}
