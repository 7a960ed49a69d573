import { Injectable } from '@nestjs/common';
import { instructionKey, sha256Hex } from '@tallystick/crypto';
import { IssueBody, VoidBody, type Instruction, type SignedInstruction, type Unsigned } from '@tallystick/protocol';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database';
import { EventsService } from '../events/events.service';
import { JobsService } from '../jobs/jobs.service';
import { OperationRow } from '../operations/operation.entity';
import { jsonText } from '../operations/json-text';
import { values } from '../operations/row-values';
import { SignatureRow } from '../operations/signature.entity';
import { StepRow } from '../operations/step.entity';
import { moveStatement, type Move } from './moves';
import { undertakingsOf } from './undertakings';
import { OPEN_STATES, SubmissionRow, type StoredRefusal } from './submission.entity';

/** Queues of the worker: what concerns one certificate, or one line, goes one after the other. */
const SHARDS = 64;
const VOID_CALL = 'instruction.voidInstruction';

/** Names of the worker's tasks. */
export const SUBMIT_TASK = 'ledger.submit';
export const ISSUE_TASK = 'ledger.issue';

const NO_NEWS = { txId: null, block: null, owed: null, at: null };

/** As the table has it, with texts for what is JSON. */
type StoredSubmission = Omit<SubmissionRow, 'signed' | 'companions'> & { signed: string; companions: string };
const FIND = `SELECT instruction_key AS "instructionKey", org, member, operation_id AS "operationId", step_idx AS "stepIdx", call, line,
  queue, state, signed, companions, tx_id AS "txId", block, attempts, owed, refusal, created_at AS "createdAt",
  updated_at AS "updatedAt" FROM ledger_submissions WHERE instruction_key = $1`;

/** Where a transaction stands on the ledger, as far as it is known. */
type Place = Pick<SubmissionRow, 'txId' | 'block'>;

/** A signed instruction that shall go to the ledger. */
export interface NewSubmission {
  org: string;
  signed: SignedInstruction;
  companions?: SubmissionRow['companions'];
  operation?: { id: string; step: number };
}

/** Rows of the way to the ledger: made with the job that works on them, in one transaction; changed as news comes. */
@Injectable()
export class SubmissionsService {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobsService,
    private readonly events: EventsService,
  ) {}

  /** Sends the first step of an operation on its way; the others follow as each is done. */
  async begin(
    manager: EntityManager,
    row: OperationRow,
    unsigned: Unsigned[],
    signatures: SignatureRow[],
  ): Promise<void> {
    await this.sendStep(manager, row, 0, unsigned[0], signatures);
  }

  /** Adds a submission with its job; the same instruction again adds nothing. @returns whether it is new */
  async add(manager: EntityManager, { org, signed, companions = {}, operation }: NewSubmission): Promise<boolean> {
    const { instruction } = signed;
    const key = instructionKey(instruction);
    const call = `${instruction.contract}.${instruction.fn}`;
    const line =
      call === 'certificate.issueMany' ? (IssueBody.parse(instruction.body).certificates[0]?.line ?? '') : null;
    // What voids an instruction never waits behind it.
    const shard = call === VOID_CALL ? 'void' : String(shardOf(line ?? subjectOf(signed)));
    const queue = `ledger-${shard}`;
    const at = new Date();
    const inserted = await manager
      .createQueryBuilder()
      .insert()
      .into(SubmissionRow)
      .values(
        values<SubmissionRow>({
          instructionKey: key,
          org,
          member: instruction.member,
          operationId: operation?.id ?? null,
          stepIdx: operation?.step ?? null,
          call,
          line,
          queue,
          state: 'queued',
          signed,
          companions,
          txId: null,
          block: null,
          attempts: 0,
          owed: [],
          refusal: null,
          createdAt: at,
          updatedAt: at,
        }),
      )
      .orIgnore()
      .returning('instruction_key')
      .execute();
    const isNew = (inserted.raw as unknown[]).length > 0;
    if (isNew) await this.wake(manager, { instructionKey: key, org, line, queue });
    return isNew;
  }

  /** The job that works on a submission; issues under one line share one. */
  wake(
    manager: EntityManager,
    { instructionKey: key, org, line, queue }: Pick<SubmissionRow, 'instructionKey' | 'org' | 'line' | 'queue'>,
    runAt?: Date,
  ): Promise<void> {
    const when = runAt === undefined ? {} : { runAt };
    return line === null
      ? this.jobs.enqueue(manager, SUBMIT_TASK, { key }, { queue, key: `submit:${key}`, ...when })
      : this.jobs.enqueue(manager, ISSUE_TASK, { org, line }, { queue, key: `issue:${org}:${line}`, ...when });
  }

  /** Everything that has not come to an end: what a start goes on with. */
  async resume(orgs: readonly string[]): Promise<number> {
    return this.database.withSystem(async (manager) => {
      const open = await manager
        .createQueryBuilder(SubmissionRow, 's')
        .where('s.org = ANY(:orgs) AND s.state IN (:...states)', { orgs, states: OPEN_STATES })
        .orderBy('s.createdAt')
        .getMany();
      for (const row of open) await this.wake(manager, row);
      return open.length;
    });
  }

  async find(key: string): Promise<SubmissionRow | null> {
    const [row] = await this.database.ask<StoredSubmission>(FIND, [key]);
    if (row === undefined) return null;
    return {
      ...row,
      signed: jsonText.from(row.signed) as SignedInstruction,
      companions: jsonText.from(row.companions) as SubmissionRow['companions'],
    };
  }

  /** Issues under a line that wait, or whose end is not known, oldest first. */
  waiting(org: string, line: string): Promise<SubmissionRow[]> {
    return this.database.withSystem((manager) =>
      manager
        .createQueryBuilder(SubmissionRow, 's')
        .where(`s.org = :org AND s.line = :line AND s.state IN ('queued', 'submitted', 'unknown')`, { org, line })
        .orderBy('s.createdAt')
        .take(200)
        .getMany(),
    );
  }

  /** Records that a transaction with this instruction is about to be ordered. */
  async submitted(keys: readonly string[], txId: string, owed: readonly string[]): Promise<void> {
    await this.move({ ...NO_NEWS, keys, state: 'submitted', shown: 'submitted', txId, owed });
  }

  async unknown(keys: readonly string[]): Promise<void> {
    await this.move({ ...NO_NEWS, keys, state: 'unknown', shown: 'unknown' });
  }

  async attempted(keys: readonly string[]): Promise<void> {
    await this.database.change(
      'UPDATE ledger_submissions SET attempts = attempts + 1, updated_at = now() WHERE instruction_key = ANY($1)',
      [keys],
    );
  }

  async committed(keys: readonly string[], place: Place): Promise<void> {
    await this.move({ ...NO_NEWS, keys, ...place, state: 'committed', shown: 'submitted' });
  }

  /** The contract said no: that instruction is over, and the operation with it. */
  async refused(key: string, refusal: StoredRefusal): Promise<void> {
    await this.database.withSystem((manager) => this.refuse(manager, key, refusal));
  }

  /** The projection has the block: the step is done, and the next one goes on its way. */
  async recorded(key: string, place: Place, at: string): Promise<void> {
    const move = { ...NO_NEWS, keys: [key], ...place, state: 'recorded' as const, shown: 'recorded' as const, at };
    if ((await this.move(move, true)) > 0) return;
    await this.database.withSystem(async (manager) => {
      const row = await this.close(manager, key, { ...place, state: 'recorded' });
      if (row?.call === VOID_CALL) await this.voided(manager, row.signed.instruction);
      if (row?.operationId === undefined || row.operationId === null) return;
      const { operationId, stepIdx } = row;
      const { txId, block } = { txId: place.txId ?? row.txId, block: place.block ?? row.block };
      const idx = stepIdx ?? 0;
      const outcome = { txId: txId ?? '', block: block ?? '', at };
      await manager.update(StepRow, { operationId, idx }, { state: 'recorded', outcome });
      const steps = await manager.find(StepRow, { where: { operationId }, order: { idx: 'ASC' } });
      const next = steps[idx + 1];
      if (next === undefined) return this.operation(manager, operationId, 'recorded');
      const operation = await manager.findOneByOrFail(OperationRow, { id: operationId });
      const signatures = await manager.findBy(SignatureRow, { operationId });
      const unsigned = next.instruction === null ? undefined : { instruction: next.instruction, secret: next.secret };
      await this.sendStep(manager, operation, idx + 1, unsigned, signatures);
    });
  }

  /** What was voided is over, whether or not its worker ever comes to ask. */
  private async voided(manager: EntityManager, { member, body }: Instruction): Promise<void> {
    const { id } = VoidBody.parse(body);
    await this.refuse(manager, instructionKey({ member, id }), { code: 'INSTRUCTION_VOIDED', details: { id } });
  }

  private async refuse(manager: EntityManager, key: string, refusal: StoredRefusal): Promise<void> {
    const row = await this.close(manager, key, { state: 'refused', refusal });
    if (row?.operationId === undefined || row.operationId === null) return;
    const { operationId, stepIdx } = row;
    await manager.update(StepRow, { operationId, idx: stepIdx ?? 0 }, values<StepRow>({ state: 'refused', refusal }));
    await manager
      .createQueryBuilder()
      .update(StepRow)
      .set({ state: 'dropped' })
      .where(`operation_id = :operationId AND state = 'waiting'`, { operationId })
      .execute();
    // Nobody said no to an instruction that came too late.
    await this.operation(manager, operationId, refusal.code === 'INSTRUCTION_EXPIRED' ? 'expired' : 'refused');
  }

  private async sendStep(
    manager: EntityManager,
    { id, org }: OperationRow,
    step: number,
    unsigned: Unsigned | undefined,
    signatures: SignatureRow[],
  ): Promise<void> {
    if (unsigned === undefined) throw new Error(`step ${String(step)} of operation ${id} is not signed`);
    const inOrder = [...signatures].sort((a, b) => a.at.getTime() - b.at.getTime());
    const signed: SignedInstruction = {
      instruction: unsigned.instruction,
      secret: unsigned.secret,
      signatures: inOrder.flatMap(({ steps }) => steps[step]?.signature ?? []),
    };
    const undertakings = undertakingsOf(inOrder, step);
    await this.add(manager, {
      org,
      signed,
      companions: undertakings.length > 0 ? { undertakings } : {},
      operation: { id, step },
    });
    await manager.update(StepRow, { operationId: id, idx: step }, { state: 'queued' });
  }

  /** Ends a submission once; a second word on it changes nothing. */
  private async close(
    manager: EntityManager,
    key: string,
    change: { state: 'refused' | 'recorded'; refusal?: StoredRefusal } & Partial<Place>,
  ): Promise<SubmissionRow | null> {
    const row = await manager.findOne(SubmissionRow, {
      where: { instructionKey: key },
      lock: { mode: 'pessimistic_write' },
    });
    if (row === null || !OPEN_STATES.includes(row.state)) return null;
    await manager.update(
      SubmissionRow,
      { instructionKey: key },
      values<SubmissionRow>({ ...change, updatedAt: new Date() }),
    );
    return row;
  }

  /** @returns how many moved */
  private async move(move: Move, last = false): Promise<number> {
    const { sql, parameters } = moveStatement(move, last);
    const [row] = await this.database.change<{ moved: number }>(sql, parameters);
    return row?.moved ?? 0;
  }

  private async operation(manager: EntityManager, id: string, state: OperationRow['state']): Promise<void> {
    const row = await manager.findOneByOrFail(OperationRow, { id });
    if (row.state === state) return;
    await manager.update(OperationRow, { id }, { state, version: row.version + 1, updatedAt: new Date() });
    await this.events.publish(manager, { org: row.org, member: row.member, resource: 'operation', id });
  }
}

/** What an instruction is about: its line or certificate, so that calls on one of them never race each other. */
function subjectOf({ instruction }: SignedInstruction): string {
  const { certificate, order, line } = instruction.body;
  if (typeof line === 'string') return line;
  return typeof certificate === 'string' ? certificate : typeof order === 'string' ? order : instruction.member;
}

const shardOf = (subject: string): number =>
  Number.parseInt(sha256Hex(new TextEncoder().encode(subject)).slice(0, 8), 16) % SHARDS;
