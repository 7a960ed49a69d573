import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { ContractRefusal, type SubmitResult } from '@tallystick/ledger';
import {
  buildRequest,
  EndorsersUnavailable,
  HostRoster,
  InstructionRecord,
  PUBLIC_ARGUMENT,
  REQUEST_FIELD,
  requestBytes,
  type MemberProof,
  type NetworkView,
} from '@tallystick/protocol';
import { z } from 'zod';
import { Database } from '../database/database';
import { JobsService } from '../jobs/jobs.service';
import { Book } from '../operations/book';
import { RefusedError } from '../problem/problem.error';
import { LEDGERS, type Ledgers } from '../projection/ledger-access';
import { ProjectionService } from '../projection/projection.service';
import { assemble, type Assembly } from './assembly';
import { ConsortiumKey } from './consortium-key';
import { assembleIssues, nextBatch } from './issue-batch';
import { Liveness } from './liveness';
import { ISSUE_TASK, SUBMIT_TASK, SubmissionsService } from './submissions.service';
import type { SubmissionRow } from './submission.entity';

/**
 * What the contract refuses when a request was put together from what has changed since: a roster that moved on, a line drawn
 * meanwhile. Put together again it passes, or gets the true refusal.
 */
const STALE: ReadonlySet<string> = new Set(['NOT_A_MEMBER', 'OPENING_MISMATCH', 'RECORD_NOT_FOUND']);
const MOST_STALE = 5;
/** How long the projection may take to show what is in a block, before the job is left for later. */
const PROJECTION_MS = 20_000;
const CHECK_AGAIN_MS = 1_000;
/** After an outcome was not learnt, a refusal counts only when the transaction had this long to appear. */
const DOUBT_MS = 60_000;

type Put = (rows: SubmissionRow[], network: NetworkView) => Promise<Assembly>;

/** The outcome is not known yet, or nobody could be asked: the job comes back later. */
class Later extends Error {}

const SubmitPayload = z.strictObject({ key: z.string() });
const IssuePayload = z.strictObject({ org: z.string(), line: z.string() });

/**
 * Takes signed instructions to the ledger. Exactly once: the ledger keeps each instruction's outcome under its key, so a request
 * whose end is unknown is asked for first and otherwise sent again with the same instruction.
 */
@Injectable()
export class SubmissionWorker implements OnModuleInit, OnApplicationBootstrap {
  private readonly log = new Logger('Submissions');
  private readonly rosters = new Map<string, { root: string; roster: HostRoster }>();

  constructor(
    private readonly jobs: JobsService,
    private readonly database: Database,
    private readonly submissions: SubmissionsService,
    private readonly book: Book,
    private readonly liveness: Liveness,
    private readonly consortiumKey: ConsortiumKey,
    private readonly projection: ProjectionService,
    @Inject(LEDGERS) private readonly ledgers: Ledgers,
  ) {}

  onModuleInit(): void {
    this.jobs.register(SUBMIT_TASK, async (payload) => {
      const row = await this.submissions.find(SubmitPayload.parse(payload).key);
      if (row !== null && !isUnpaid(row)) await this.work([row], (rows, network) => this.single(rows, network));
    });
    this.jobs.register(ISSUE_TASK, async (payload) => {
      const { org, line } = IssuePayload.parse(payload);
      await this.issues(org, line);
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    const count = await this.submissions.resume(this.ledgers.orgs);
    if (count > 0) this.log.log(`${String(count)} submissions go on where they stopped`);
  }

  /** Issues under one line: one transaction in flight, up to fifty certificates in each. */
  private async issues(org: string, line: string): Promise<void> {
    for (;;) {
      const waiting = await this.submissions.waiting(org, line);
      if (waiting.length === 0) return;
      // Those in doubt first and alone: only then is it clear what the line has left.
      const doubtful = waiting.filter(({ state }) => state !== 'queued');
      const batch = doubtful.length > 0 ? doubtful.slice(0, 1) : nextBatch(waiting);
      await this.work(batch, (rows, network) => this.batch(rows, network));
    }
  }

  private async work(rows: SubmissionRow[], put: Put): Promise<void> {
    const [first] = rows;
    if (first === undefined || first.state === 'recorded' || first.state === 'refused') return;
    try {
      if (first.state === 'committed') {
        await this.record(first.org, rows, first);
        return;
      }
      if (first.attempts > 0 && (await this.learn(first))) return;
      await this.submissions.attempted(rows.map(({ instructionKey }) => instructionKey));
      await this.submit(rows, put);
    } catch (error) {
      if (!(error instanceof Later)) throw error;
      const later = new Date(Date.now() + CHECK_AGAIN_MS);
      await this.database.withSystem((manager) => this.submissions.wake(manager, first, later));
    }
  }

  private async submit(rows: SubmissionRow[], put: Put): Promise<void> {
    const [first] = rows;
    if (first === undefined) return;
    for (let stale = 0; ; stale++) {
      const { result, endorsers } = await this.once(rows, put);
      if (result.kind === 'committed') {
        return this.record(first.org, rows, { txId: result.txId, block: String(result.blockNumber) });
      }
      if (result.kind === 'unknown') {
        await this.submissions.unknown(rows.map(({ instructionKey }) => instructionKey));
        throw new Later();
      }
      if (result.kind === 'rejected') throw new Later(); // in a block without effect: asked again as it is
      const { refusal } = result;
      if (result.cause !== 'refused' || refusal === undefined) {
        if (result.organisations !== undefined) this.liveness.failed(result.organisations);
        else if (result.cause === 'mismatch') this.liveness.disagreed(first.org, endorsers, first.attempts);
        this.log.warn({ call: first.call, cause: result.cause, message: result.message });
        throw new Later();
      }
      if (STALE.has(refusal.code) && stale < MOST_STALE) {
        await this.projection.waitForBlock(first.org, (await this.ledgers.of(first.org).height()) - 1n, PROJECTION_MS);
        continue;
      }
      return this.refuse(rows, refusal);
    }
  }

  private async once(rows: SubmissionRow[], put: Put): Promise<{ result: SubmitResult; endorsers: string[] }> {
    const [first] = rows;
    if (first === undefined) throw new Error('nothing to submit');
    const { org } = first;
    let assembly: Assembly;
    let owed: string[];
    try {
      const network = await this.liveness.view(org);
      assembly = await put(rows, network);
      const everyone = network.down.size === 0 ? assembly : await put(rows, { ...network, down: new Set() });
      owed = everyone.plan.readers.filter((msp) => !assembly.plan.readers.includes(msp));
    } catch (error) {
      if (error instanceof EndorsersUnavailable) throw new Later();
      if (error instanceof RefusedError)
        return { result: { ...nothingSent, refusal: { ...error.refusal } }, endorsers: [] };
      throw error;
    }
    const instructions = rows.map(({ signed }) => signed);
    const request = buildRequest({
      instructions: assembly.companion === undefined ? instructions : [...instructions, assembly.companion],
      members: await this.proofs(org, assembly.members),
      readers: assembly.plan.readers,
      context: assembly.context,
    });
    const { contract, fn } = first.signed.instruction;
    const keys = rows.map(({ instructionKey }) => instructionKey);
    const { endorsers } = assembly.plan;
    const result = await this.ledgers.of(org).submit({
      contract,
      fn,
      args: [PUBLIC_ARGUMENT],
      transient: { [REQUEST_FIELD]: requestBytes(request) },
      endorsers,
      onEndorsed: (txId) => this.submissions.submitted(keys, txId, owed),
    });
    return { result, endorsers };
  }

  private async single(rows: SubmissionRow[], network: NetworkView): Promise<Assembly> {
    const [row] = rows;
    if (row === undefined) throw new Error('nothing to assemble');
    return assemble(row, this.book, network);
  }

  private async batch(rows: SubmissionRow[], network: NetworkView): Promise<Assembly> {
    const org = rows[0]?.org ?? '';
    return assembleIssues(rows, { org, book: this.book, network, fingerprintKey: this.consortiumKey.fingerprint });
  }

  /** A batch is refused whole, and the refusal names a certificate: its own instruction is over, the others go on. */
  private async refuse(
    rows: SubmissionRow[],
    refusal: { code: string; details: Record<string, unknown> },
  ): Promise<void> {
    const index = refusal.details['index'];
    const named = typeof index === 'number' ? rowOf(rows, index) : undefined;
    if (rows.length > 1 && named === undefined) {
      // Not one's fault: each is asked for itself.
      for (const row of rows) await this.submit([row], (one, network) => this.batch(one, network));
      return;
    }
    const row = named ?? rows[0];
    if (row === undefined) return;
    const fresh = await this.submissions.find(row.instructionKey);
    const inDoubt = fresh?.txId !== null && fresh?.txId !== undefined && fresh.state !== 'queued';
    if (inDoubt && (await this.mayStillCome(row.org, fresh.txId ?? '', fresh.updatedAt))) throw new Later();
    await this.submissions.refused(row.instructionKey, { code: refusal.code, details: refusal.details });
    const others = rows.filter((each) => each !== row);
    if (others.length > 0) await this.submit(others, (some, network) => this.batch(some, network));
  }

  /** Whether an earlier transaction of the same instruction, whose end was not learnt, may yet be in a block. */
  private async mayStillCome(org: string, txId: string, since: Date): Promise<boolean> {
    const outcome = await this.ledgers.of(org).outcome(txId);
    if (outcome !== null) return false; // in a block: without effect, or the contract had answered with its outcome
    return Date.now() - since.getTime() < DOUBT_MS;
  }

  /** Asks the ledger what became of an instruction. @returns whether it was applied, and is now on record as such */
  private async learn(row: SubmissionRow): Promise<boolean> {
    const ledger = this.ledgers.of(row.org);
    try {
      const text = await ledger.evaluate({ contract: 'instruction', fn: 'outcome', args: [row.instructionKey] });
      if (InstructionRecord.parse(JSON.parse(text)).voided) {
        await this.submissions.refused(row.instructionKey, { code: 'INSTRUCTION_VOIDED', details: {} });
        return true;
      }
    } catch (error) {
      if (error instanceof ContractRefusal && error.refusal.code === 'RECORD_NOT_FOUND') return false;
      throw error instanceof ContractRefusal ? error : new Later();
    }
    const found = row.txId === null ? null : await ledger.outcome(row.txId);
    const block = found?.kind === 'committed' ? String(found.blockNumber) : null;
    await this.record(row.org, [row], { txId: row.txId, block });
    return true;
  }

  /**
   * Waits until the projection shows what was committed, then calls it recorded: people read their own writes. When that takes
   * long, what is known is kept for the next try.
   */
  private async record(
    org: string,
    rows: SubmissionRow[],
    { txId, block }: Pick<SubmissionRow, 'txId' | 'block'>,
  ): Promise<void> {
    const keys = rows.map(({ instructionKey }) => instructionKey);
    for (const [index, key] of keys.entries()) {
      const shown =
        block === null
          ? await this.projection.waitForInstruction(org, key, PROJECTION_MS)
          : await this.projection.waitForBlock(org, BigInt(block), PROJECTION_MS);
      if (!shown) {
        await this.submissions.committed(keys.slice(index), { txId, block });
        throw new Later();
      }
      await this.submissions.recorded(key, { txId, block }, new Date().toISOString());
    }
  }

  private async proofs(org: string, members: readonly string[]): Promise<MemberProof[]> {
    const proofs: MemberProof[] = [];
    for (const id of new Set(members)) {
      const { host } = await this.book.get(org, 'Member', id);
      proofs.push((await this.rosterOf(org, host)).proofOf(id));
    }
    return proofs;
  }

  /** Rebuilt only when the root has moved: a host may have thousands of members. */
  private async rosterOf(org: string, host: string): Promise<HostRoster> {
    const { root } = await this.book.get(org, 'Roster', host);
    const key = `${org}/${host}`;
    const known = this.rosters.get(key);
    if (known?.root === root) return known.roster;
    const roster = new HostRoster(host, await this.book.within(org, 'Member', host));
    this.rosters.set(key, { root, roster });
    return roster;
  }
}

/** A disbursement waits until the automation has paid through another bank and brings its receipt. */
const isUnpaid = ({ call, companions }: SubmissionRow): boolean =>
  call === 'financing.disburse' && companions.receipt === undefined;

/** What we find out before asking anybody is as good as the contract's word. */
const nothingSent = { kind: 'notEndorsed', txId: '', cause: 'refused', message: 'refused before sending' } as const;

/** The submission whose instruction holds the `index`-th certificate of the request. */
function rowOf(rows: readonly SubmissionRow[], index: number): SubmissionRow | undefined {
  let from = 0;
  for (const row of rows) {
    const { certificates } = row.signed.instruction.body as { certificates?: unknown[] };
    from += certificates?.length ?? 0;
    if (index < from) return row;
  }
  return undefined;
}
