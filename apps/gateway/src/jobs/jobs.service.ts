import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Logger as WorkerLogger, run, type Runner } from 'graphile-worker';
import { Client, Pool } from 'pg';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config/config';

/** Any constant: the lock that living gateways share. */
const PRESENCE = 7_105_520;

/** Does one job; throwing has it tried again later, with growing pauses. */
export type Task = (payload: unknown) => Promise<void>;

export interface JobOptions {
  /** Jobs of one queue run one after the other. Use a small fixed number of queues, never one per record. */
  queue?: string;
  /** A waiting job with the same key is replaced instead of added. */
  key?: string;
  maxAttempts?: number;
  runAt?: Date;
}

/** Work for later, kept in the database: a job exists exactly if the transaction that asked for it committed. */
@Injectable()
export class JobsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('Jobs');
  private readonly tasks = new Map<string, Task>();
  private runner: Runner | undefined;
  private pool: Pool | undefined;
  private presence: Client | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Says how a task is done; call it from `onModuleInit`. */
  register(task: string, work: Task): void {
    if (this.tasks.has(task)) throw new Error(`task ${task} exists already`);
    this.tasks.set(task, work);
  }

  /** Adds a job inside the caller's transaction. @throws Error if nobody registered the task */
  async enqueue(manager: EntityManager, task: string, payload: unknown, options: JobOptions = {}): Promise<void> {
    if (!this.tasks.has(task)) throw new Error(`no task is called ${task}`);
    await manager.query(
      `SELECT graphile_worker.add_job($1, $2::json, queue_name => $3, job_key => $4, max_attempts => $5, run_at => $6)`,
      [
        task,
        JSON.stringify(payload),
        options.queue ?? null,
        options.key ?? null,
        options.maxAttempts ?? 25,
        options.runAt ?? null,
      ],
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    // A pool of our own, for its errors are ours to hear: a connection that the server ends must not end us.
    this.pool = new Pool({ connectionString: this.config.databaseUrl, max: 10 });
    this.pool.on('error', (error) => {
      this.log.warn(`lost a database connection: ${error.message}`);
    });
    await this.freeJobsOfTheDead();
    this.runner = await run({
      pgPool: this.pool,
      // Most jobs wait for the ledger; what they need of our own processor is little.
      concurrency: 16,
      pollInterval: 1_000,
      // We end it ourselves, in order with everything else.
      noHandleSignals: true,
      logger: new WorkerLogger(() => (level: string, message) => {
        if (level === 'error') this.log.error(message);
        else if (level === 'warning') this.log.warn(message);
      }),
      taskList: Object.fromEntries([...this.tasks].map(([name, work]) => [name, (payload: unknown) => work(payload)])),
    });
  }

  /**
   * A killed process leaves its jobs locked for hours. Each living gateway holds a shared lock on the database for as long as its
   * connection lives; who finds nobody there frees what the dead had taken.
   */
  private async freeJobsOfTheDead(): Promise<void> {
    const presence = new Client({ connectionString: this.config.databaseUrl, keepAlive: true });
    presence.on('error', (error) => {
      this.log.warn(`lost the connection that shows our presence: ${error.message}`);
    });
    this.presence = presence;
    await presence.connect();
    const { rows } = await presence.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [PRESENCE]);
    if (rows[0]?.alone === true) {
      await presence.query(
        `SELECT graphile_worker.force_unlock_workers(array(
           SELECT locked_by FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL
           UNION SELECT locked_by FROM graphile_worker._private_job_queues WHERE locked_by IS NOT NULL))`,
      );
      await presence.query('SELECT pg_advisory_unlock($1)', [PRESENCE]);
    }
    await presence.query('SELECT pg_advisory_lock_shared($1)', [PRESENCE]);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.runner?.stop();
    await this.presence?.end();
    await this.pool?.end();
  }
}
