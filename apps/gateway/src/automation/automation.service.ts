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

/** Deadlines pass and banks answer without a block: we look by ourselves as well. */
const LOOK_AGAIN_MS = 2_000;
/** In one round money may move on several times: collect, answer, pay out, answer. */
const MOST_TURNS = 4;

/**
 * What organisations do by themselves, each with its own service key. Driven by what the projection shows, never by memory: a
 * round that dies is done again, and what was done before is found done.
 */
@Injectable()
export class AutomationService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('Automation');
  private readonly awake = new Set<string>();
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
    this.stopListening = this.projection.onProjected((org) => {
      this.wake(org);
    });
    this.timer = setInterval(() => {
      for (const org of this.ledgers.orgs) this.wake(org);
    }, LOOK_AGAIN_MS);
    for (const org of this.ledgers.orgs) this.wake(org);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    this.stopListening();
    await Promise.all(this.running.values());
  }

  /** One round at a time for each organisation; whatever happens meanwhile makes it go round once more. */
  wake(org: string): void {
    this.awake.add(org);
    if (this.stopped || this.running.has(org)) return;
    const work = this.rounds(org).finally(() => {
      this.running.delete(org);
      if (this.awake.has(org) && !this.stopped) this.wake(org);
    });
    this.running.set(org, work);
  }

  private async rounds(org: string): Promise<void> {
    while (this.awake.delete(org)) {
      if (this.stopped) return;
      try {
        await this.round(org);
      } catch (error) {
        this.log.error({ org, message: 'a round failed and comes again', error: String(error) });
        return; // the timer wakes us again
      }
    }
  }

  private async round(org: string): Promise<void> {
    await this.banks.ensure();
    const us = await this.acts.identity(org);
    if (us === null) return;
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
