import { Injectable, Logger } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Metrics } from '../metrics/metrics';
import type { Ref } from './record-ref';

/** Where the projection cries out: what it does not believe is logged and counted. */
@Injectable()
export class Alarms {
  private readonly log = new Logger('Projection');
  private readonly counts: Counter<'kind'>;

  constructor(metrics: Metrics) {
    this.counts = new Counter({
      name: 'projection_alarms_total',
      help: 'Records, openings or instructions that did not verify, and rows that differ from the ledger',
      labelNames: ['kind'],
      registers: [metrics.registry],
    });
  }

  /** A record whose authority does not verify (`ledger.md` §3.3). */
  counterfeit(org: string, ref: Ref, reason: string, txId: string): void {
    this.counts.inc({ kind: 'counterfeit' });
    this.log.error({ alarm: 'COUNTERFEIT', org, ref, reason, txId });
  }

  /** An opening or instruction that was handed to us and is not what the ledger committed to; it is left aside. */
  untrue(org: string, ref: Ref, reason: string): void {
    this.counts.inc({ kind: 'untrue' });
    this.log.error({ alarm: 'UNTRUE_OPENING', org, ref, reason });
  }

  /** The read model is not what the ledger says. */
  difference(org: string, ref: Ref, what: string): void {
    this.counts.inc({ kind: 'difference' });
    this.log.error({ alarm: 'READ_MODEL_DIFFERS', org, ref, what });
  }
}

/** Passes alarms on and counts them, so that it is known of which block any was raised. */
export class CountedAlarms implements Pick<Alarms, 'counterfeit' | 'untrue'> {
  raised = 0;

  constructor(private readonly to: Pick<Alarms, 'counterfeit' | 'untrue'>) {}

  counterfeit(...alarm: Parameters<Alarms['counterfeit']>): void {
    this.raised++;
    this.to.counterfeit(...alarm);
  }

  untrue(...alarm: Parameters<Alarms['untrue']>): void {
    this.raised++;
    this.to.untrue(...alarm);
  }
}
