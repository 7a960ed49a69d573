import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Gauge } from 'prom-client';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config/config';
import { Database } from '../database/database';
import { EventsService, type Notice } from '../events/events.service';
import { HealthChecks } from '../health/health-checks';
import { Metrics } from '../metrics/metrics';
import { Alarms } from './alarms';
import { ChainBroken, readCheckpoint } from './checkpoint';
import { follow, pause } from './follower';
import { LEDGERS, type Ledgers } from './ledger-access';
import { asSeen, concernsEverybody } from './notices';
import { Projector, type Projected } from './projector';
import { idOfRef } from './record-ref';
import { VerifiedBlocks } from './verified-blocks';
import { Waiters } from './waiters';

/** Behind by more blocks than this, the gateway says that it is not ready. */
const MOST_LAG = 100n;
/** More members than this are told of a block as a whole, not of each thing in it. */
const MOST_NOTICES = 500;

/** How an organisation's projection fares. */
export interface ProjectionState {
  height: bigint;
  ledgerHeight: bigint | null;
  /** Why it stands still, in words for the log; null while it runs. */
  halted: string | null;
}

/** Keeps the read model of every organisation served in step with the ledger. */
@Injectable()
export class ProjectionService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('Projection');
  private readonly stop = new AbortController();
  private readonly waiters = new Waiters();
  private readonly states = new Map<string, ProjectionState>();
  private readonly listeners = new Set<(org: string, projected: Projected) => void>();
  private readonly verified: VerifiedBlocks;
  private running: Promise<void>[] = [];

  constructor(
    @Inject(LEDGERS) private readonly ledgers: Ledgers,
    private readonly database: Database,
    private readonly events: EventsService,
    private readonly alarms: Alarms,
    @Inject(CONFIG) { serverSecret }: Config,
    health: HealthChecks,
    metrics: Metrics,
  ) {
    this.verified = new VerifiedBlocks(serverSecret);
    health.add('projection', () => this.check());
    const states = this.states;
    new Gauge({
      name: 'projection_height',
      help: 'Blocks in the read model',
      labelNames: ['org'],
      registers: [metrics.registry],
      collect() {
        for (const [org, { height }] of states) this.set({ org }, Number(height));
      },
    });
  }

  onApplicationBootstrap(): void {
    this.running = this.ledgers.orgs.map((org) => this.run(org));
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    this.waiters.close();
    await Promise.all(this.running);
  }

  /** Calls back after each batch that this process projected. @returns what ends it */
  onProjected(listener: (org: string, projected: Projected) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Where the projection stands and how far the ledger is. */
  async state(org: string): Promise<ProjectionState> {
    const known = this.states.get(org) ?? { height: 0n, ledgerHeight: null, halted: null };
    const ledgerHeight = await this.ledgers
      .of(org)
      .height()
      .catch(() => null);
    return { ...known, ledgerHeight };
  }

  /** Resolves true once the block's effects can be read, false when they cannot within the time. */
  async waitForBlock(org: string, block: bigint, timeoutMs = 10_000): Promise<boolean> {
    const wanted = block + 1n;
    if ((this.states.get(org)?.height ?? 0n) >= wanted) return true;
    return this.waiters.wait(org, wanted, timeoutMs);
  }

  /** Resolves true once the outcome of an instruction (its key) can be read, false when it cannot within the time. */
  async waitForInstruction(org: string, key: string, timeoutMs = 10_000): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const height = this.states.get(org)?.height ?? 0n;
      if (await this.hasInstruction(org, key)) return true;
      const left = deadline - performance.now();
      if (left <= 0 || !(await this.waiters.wait(org, height + 1n, left))) return this.hasInstruction(org, key);
    }
  }

  private async hasInstruction(org: string, key: string): Promise<boolean> {
    const rows = await this.database.ask('SELECT 1 FROM record WHERE org = $1 AND ref = $2', [
      org,
      `Instruction/${key}`,
    ]);
    return rows.length > 0;
  }

  private async run(org: string): Promise<void> {
    const { signal } = this.stop;
    const projector = new Projector(org, this.database, this.alarms, this.verified);
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        const from = await this.database.withSystem((manager) => readCheckpoint(manager, org));
        this.moved(org, from.height);
        await follow(this.ledgers.of(org), projector, from.height, signal, {
          alongside: (manager, projected) => this.tell(manager, org, projected),
          applied: (projected) => {
            attempt = 0;
            this.moved(org, projected.height);
            for (const listener of this.listeners) listener(org, projected);
          },
        });
      } catch (error) {
        if (signal.aborted) return;
        this.halted(org, error);
      }
      if (!(await pause(attempt, signal))) return;
    }
  }

  private moved(org: string, height: bigint): void {
    this.states.set(org, { height, ledgerHeight: null, halted: null });
    this.waiters.reached(org, height);
  }

  private halted(org: string, error: unknown): void {
    const words = error instanceof Error ? error.message : String(error);
    this.states.set(org, { height: this.states.get(org)?.height ?? 0n, ledgerHeight: null, halted: words });
    if (error instanceof ChainBroken) this.alarms.difference(org, 'chain', words);
    else this.log.error({ org, message: 'the projection stopped and tries again', error: words });
  }

  /** Tells those who see what changed, through the database, so that every gateway on it hears. */
  private async tell(manager: EntityManager, org: string, { changed, height }: Projected): Promise<void> {
    if (changed.length === 0 || changed.length > MOST_NOTICES * 10) return;
    const seen: { member: string; refs: string[] }[] = await manager.query(
      `SELECT member, array_agg(ref) AS refs FROM sight WHERE org = $1 AND ref = ANY($2) GROUP BY member`,
      [org, asSeen(changed)],
    );
    const [block, notices] = [String(height - 1n), [] as Notice[]];
    if (concernsEverybody(changed)) {
      const all: { member: string }[] = await manager.query(`SELECT DISTINCT member FROM users WHERE org = $1`, [org]);
      for (const { member } of all.slice(0, MOST_NOTICES))
        notices.push({ org, member, resource: 'network', id: block });
    }
    for (const { member, refs } of seen.slice(0, MOST_NOTICES)) {
      notices.push({ org, member, resource: 'block', id: block });
      for (const ref of refs.slice(0, 20)) {
        const resource = (ref.split('/')[0] ?? '').toLowerCase();
        notices.push({ org, member, resource, id: idOfRef(ref) });
      }
    }
    await this.events.publish(manager, ...notices);
  }

  private async check(): Promise<void> {
    for (const org of this.ledgers.orgs) {
      const { halted, height, ledgerHeight } = await this.state(org);
      if (halted !== null) throw new Error(halted);
      if (ledgerHeight !== null && ledgerHeight - height > MOST_LAG) throw new Error(`${org} lags behind the ledger`);
    }
  }
}
