import { Injectable } from '@nestjs/common';
import type { OperationKind, StepDraft } from '@tallystick/protocol';
import { uuidv7 } from 'uuidv7';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../auth/caller';
import { Database, type MemberScope } from '../database/database';
import { EventsService } from '../events/events.service';
import { RefusedError } from '../problem/problem.error';
import { Book } from './book';
import { BusinessClock } from './business-clock';
import { authorityOf } from './needs';
import { NetworkFacts } from './network-facts';
import { OperationRow } from './operation.entity';
import { isWaiting, presentOperation, type Reading, type WholeOperation } from './operation.presenter';
import { SignatureRow } from './signature.entity';
import { values } from './row-values';
import { StepRow } from './step.entity';

/** What a command hands over: the form as it was asked, and the steps that it leads to. */
export interface OperationDraft {
  kind: OperationKind;
  /** Business instant after which signing makes no sense; null when there is none. */
  deadline: string | null;
  /** What it moves, fen: above the member's solo limit two people sign. */
  amountFen: bigint;
  summary: OperationRow['summary'];
  form: Record<string, unknown>;
  steps: StepDraft[];
}

/** All steps have to be on the ledger before the first of their instructions ends. */
const endOfLife = (steps: readonly StepDraft[]): Date =>
  new Date(Math.min(...steps.map(({ author }) => Date.parse(author.notAfter))));

/** Operations of a member: made by commands, followed by people. */
@Injectable()
export class OperationsService {
  constructor(
    private readonly database: Database,
    private readonly book: Book,
    private readonly network: NetworkFacts,
    private readonly events: EventsService,
    private readonly clock: BusinessClock,
  ) {}

  /** Saves a command as an operation that waits for its maker; nothing is on the ledger yet. */
  async create(caller: Caller, draft: OperationDraft) {
    const { org, member, userId } = caller;
    const [id, at] = [uuidv7(), new Date()];
    const row: OperationRow = {
      id,
      org,
      member,
      kind: draft.kind,
      state: 'toSign',
      version: 1,
      createdBy: userId,
      createdByName: caller.user,
      createdAt: at,
      updatedAt: at,
      deadline: draft.deadline === null ? null : new Date(draft.deadline),
      notAfter: endOfLife(draft.steps),
      authority: authorityOf(draft.kind),
      amountFen: String(draft.amountFen),
      summary: draft.summary,
      form: draft.form,
      note: null,
    };
    const steps = draft.steps.map(({ contract, fn, author, records, input, known }, idx): StepRow => ({
      operationId: id,
      idx,
      org,
      member,
      state: 'waiting',
      draft: { contract, fn, author, records, input, known },
      instruction: null,
      secret: null,
      outcome: null,
      refusal: null,
    }));
    return this.database.withMember(caller, async (manager) => {
      await manager.insert(OperationRow, values<OperationRow>(row));
      await manager.insert(
        StepRow,
        steps.map((step) => values<StepRow>(step)),
      );
      await this.announce(manager, caller, id);
      const author = await this.book.get(org, 'Member', member);
      return presentOperation({ row, steps, signatures: [], member: author }, caller, await this.reading(org));
    });
  }

  /** @throws RefusedError RECORD_NOT_FOUND, also for an operation of another member */
  async get(caller: Caller, id: string) {
    const whole = await this.load(caller, id);
    return presentOperation(whole, caller, await this.reading(caller.org));
  }

  /** What {@link presentOperation} needs to know of now. */
  async reading(org: string): Promise<Reading> {
    const facts = await this.network.at(org);
    return { ...facts, business: await this.clock.of(org, facts.offsetMs) };
  }

  /** @param lock keeps others from changing it until the transaction ends */
  async load(scope: MemberScope, id: string, lock = false): Promise<WholeOperation> {
    return this.database.withMember(scope, async (manager) => {
      const row = /^[0-9a-f-]{36}$/u.test(id)
        ? await manager.findOne(OperationRow, {
            where: { id },
            ...(lock && { lock: { mode: 'pessimistic_write' as const } }),
          })
        : null;
      if (row === null) throw new RefusedError({ code: 'RECORD_NOT_FOUND', details: { record: 'Operation' } });
      // One after the other: a transaction has one connection.
      const steps = await manager.find(StepRow, { where: { operationId: id }, order: { idx: 'ASC' } });
      const signatures = await manager.find(SignatureRow, { where: { operationId: id }, order: { at: 'ASC' } });
      const member = await this.book.get(scope.org, 'Member', row.member);
      return { row, steps, signatures, member };
    });
  }

  /** Gives an operation back to its maker, who makes it anew. @throws RefusedError ORDER_STATE */
  async return(caller: Caller, id: string, reason: string) {
    return this.end(caller, id, 'returned', reason, ({ row }) => row.state === 'toCheck');
  }

  /** Drops an operation that nobody has sent yet. @throws RefusedError ORDER_STATE */
  async cancel(caller: Caller, id: string) {
    return this.end(caller, id, 'cancelled', null, ({ row }) => isWaiting(row));
  }

  private async end(
    caller: Caller,
    id: string,
    state: 'returned' | 'cancelled',
    note: string | null,
    possible: (whole: WholeOperation) => boolean,
  ) {
    return this.database.withMember(caller, async (manager) => {
      const whole = await this.load(caller, id, true);
      if (!possible(whole)) throw new RefusedError({ code: 'ORDER_STATE', details: { state: whole.row.state } });
      await this.change(manager, whole.row, { state, note });
      await manager.update(StepRow, { operationId: id }, { state: 'dropped' });
      return this.get(caller, id);
    });
  }

  /** Changes an operation's row and tells those who look at it. */
  async change(
    manager: EntityManager,
    row: OperationRow,
    change: Pick<Partial<OperationRow>, 'state' | 'note'>,
  ): Promise<void> {
    await manager.update(OperationRow, { id: row.id }, { ...change, version: row.version + 1, updatedAt: new Date() });
    await this.announce(manager, row, row.id);
  }

  announce(manager: EntityManager, { org, member }: MemberScope, id: string): Promise<void> {
    return this.events.publish(manager, { org, member, resource: 'operation', id });
  }
}
