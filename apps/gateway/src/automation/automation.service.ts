import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LEDGERS, type Ledgers } from '../projection/ledger-access';
import { ProjectionService } from '../projection/projection.service';
import { Copies } from './copies';
import { DisbursementReceipts } from './disbursement-receipts';
import { LineReleases } from './line-releases';
import { PayingBanks } from './paying-banks';
import { Payments } from './payments.service';
import { ServiceActs } from './service-acts';
import { SettlementRun } from './settlement-run';
import { Watch } from './watch';

/** Deadlines pass and banks answer without a block: we look by ourselves as well, less often when nothing happened for a while. */
const LOOK_AGAIN_MS = 2_000;
const QUIET_AFTER_MS = 60_000;
const LOOK_WHEN_QUIET_MS = 10_000;
/** What only passes from holder to holder concerns us for a copy at most: many such blocks make one short round. */
const PASSING = /^(?:transfer|instruction)\./;
const PASSING_PAUSE_MS = 500;
/** In one round money may move on several times: collect, answer, pay out, answer. */
const MOST_TURNS = 4;

/**
 * What organisations do by themselves, each with its own service key. Driven by what the projection shows, never by memory: a
 * round that dies is done again, and what was done before is found done.
 */
@Injectable()
export class AutomationService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('Automation');
  /** Who has something to do: everything, or copies alone. */
  private readonly awake = new Map<string, 'all' | 'copies'>();
  private readonly soon = new Map<string, NodeJS.Timeout>();
  private readonly looked = new Map<string, number>();
  private readonly news = new Map<string, number>();
  private readonly running = new Map<string, Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private stopListening: () => void = () => undefined;

  constructor(
    @Inject(LEDGERS) private readonly ledgers: Ledgers,
    private readonly projection: ProjectionService,
    private readonly banks: PayingBanks,
    private readonly acts: ServiceActs,
    private readonly payments: Payments,
    private readonly settlements: SettlementRun,
    private readonly disbursements: DisbursementReceipts,
    private readonly releases: LineReleases,
    private readonly copies: Copies,
    private readonly watch: Watch,
  ) {}

  onApplicationBootstrap(): void {
    this.stopListening = this.projection.onProjected((org, { calls }) => {
      if ([...calls].every((call) => PASSING.test(call))) this.wakeSoon(org);
      else this.wake(org);
    });
    this.timer = setInterval(() => {
      for (const org of this.ledgers.orgs) if (this.shallLook(org)) this.look(org);
    }, LOOK_AGAIN_MS);
    for (const org of this.ledgers.orgs) this.wake(org);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    for (const timer of this.soon.values()) clearTimeout(timer);
    this.stopListening();
    await Promise.all(this.running.values());
  }

  /** One round at a time for each organisation; whatever happens meanwhile makes it go round once more. */
  wake(org: string): void {
    this.news.set(org, performance.now());
    this.look(org);
  }

  private shallLook(org: string): boolean {
    const now = performance.now();
    const isQuiet = now - (this.news.get(org) ?? 0) > QUIET_AFTER_MS;
    return !isQuiet || now - (this.looked.get(org) ?? 0) >= LOOK_WHEN_QUIET_MS;
  }

  private wakeSoon(org: string): void {
    if (this.soon.has(org) || this.stopped) return;
    const later = setTimeout(() => {
      this.soon.delete(org);
      this.look(org, 'copies');
    }, PASSING_PAUSE_MS);
    this.soon.set(org, later);
  }

  private look(org: string, what: 'all' | 'copies' = 'all'): void {
    this.awake.set(org, this.awake.get(org) === 'all' ? 'all' : what);
    if (this.stopped || this.running.has(org)) return;
    const work = this.rounds(org).finally(() => {
      this.running.delete(org);
      const left = this.awake.get(org);
      if (left !== undefined && !this.stopped) this.look(org, left);
    });
    this.running.set(org, work);
  }

  private async rounds(org: string): Promise<void> {
    for (let what = this.awake.get(org); what !== undefined; what = this.awake.get(org)) {
      this.awake.delete(org);
      if (this.stopped) return;
      try {
        await this.round(org, what);
      } catch (error) {
        this.log.error({ org, message: 'a round failed and comes again', error: String(error) });
        return; // the timer wakes us again
      }
    }
  }

  private async round(org: string, what: 'all' | 'copies'): Promise<void> {
    await this.banks.ensure();
    const us = await this.acts.identity(org);
    if (us === null) return;
    if (what === 'copies') return this.copies.run(us);
    this.looked.set(org, performance.now());
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      await this.settlements.run(us);
      await this.disbursements.run(org);
      const sent = await this.payments.send(org);
      const heard = await this.payments.receive(org);
      const asked = await this.payments.ask(org);
      if (!sent && !heard && !asked) break;
    }
    for (const issuer of await this.acts.identities(org)) await this.releases.run(issuer);
    await this.copies.run(us);
    await this.watch.run(us);
  }
}
