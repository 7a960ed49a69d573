import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../database/database';
import { LEDGERS, type Ledgers } from '../projection/ledger-access';
import { OPEN_STATES } from '../submissions/submission.entity';
import { SubmissionsService } from '../submissions/submissions.service';
import { NetworkFacts } from './network-facts';
import { OperationsService } from './operations.service';

const LOOK_AGAIN_MS = 10_000;
/** A submission about which nothing was heard for so long is asked for again, whatever became of its job. */
const SILENCE_MS = 10 * 60_000;
const MOST = 500;

/**
 * 过期: tidies up operations that lapsed. Nothing depends on it: who asks is told at once that a draft is over, and a signed
 * instruction past its lifetime is refused by the contract. It sees to it that each is asked about until its end is known (I23).
 */
@Injectable()
export class Expiry implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('Expiry');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(LEDGERS) private readonly ledgers: Ledgers,
    private readonly database: Database,
    private readonly network: NetworkFacts,
    private readonly operations: OperationsService,
    private readonly submissions: SubmissionsService,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.all());
    }, LOOK_AGAIN_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async all(): Promise<void> {
    for (const org of this.ledgers.orgs) {
      try {
        await this.run(org);
      } catch (error) {
        this.log.warn({ org, message: 'comes again', error: String(error) });
      }
    }
  }

  async run(org: string): Promise<void> {
    const { now, rawNow } = await this.network.at(org);
    await this.drafts(org, now, rawNow);
    await this.silent(org);
  }

  /** Drafts whose deadline of business, or whose signatures' lifetime, is over. */
  private drafts(org: string, now: string, rawNow: string): Promise<void> {
    return this.database.withSystem(async (manager) => {
      const [lapsed]: [{ id: string; member: string }[], number] = await manager.query(
        `UPDATE operations SET state = 'expired', version = version + 1, updated_at = now() WHERE id IN (
           SELECT id FROM operations WHERE org = $1 AND state IN ('toSign', 'toCheck') AND (deadline <= $2 OR not_after <= $3)
           ORDER BY id LIMIT ${String(MOST)} FOR UPDATE SKIP LOCKED)
         RETURNING id, member`,
        [org, now, rawNow],
      );
      if (lapsed.length === 0) return;
      const ids = lapsed.map(({ id }) => id);
      await manager.query(`UPDATE operation_steps SET state = 'dropped' WHERE operation_id = ANY($1)`, [ids]);
      for (const { id, member } of lapsed) await this.operations.announce(manager, { org, member }, id);
    });
  }

  /** A job that failed too often has no successor: its submission is taken up again. */
  private silent(org: string): Promise<void> {
    return this.database.withSystem(async (manager) => {
      const rows: { instruction_key: string; line: string | null; queue: string }[] = await manager.query(
        `SELECT instruction_key, line, queue FROM ledger_submissions
         WHERE org = $1 AND state = ANY($2) AND updated_at < $3 ORDER BY updated_at LIMIT ${String(MOST)}`,
        [org, OPEN_STATES, new Date(Date.now() - SILENCE_MS)],
      );
      for (const { instruction_key: instructionKey, ...row } of rows) {
        await this.submissions.wake(manager, { instructionKey, org, ...row });
      }
      const keys = rows.map((row) => row.instruction_key);
      await manager.query('UPDATE ledger_submissions SET updated_at = now() WHERE instruction_key = ANY($1)', [keys]);
    });
  }
}
