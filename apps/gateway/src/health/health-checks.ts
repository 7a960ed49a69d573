import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';

const DEADLINE_MS = 2_000;

export interface CheckResult {
  name: string;
  ok: boolean;
  ms: number;
}

/** What must work before we serve; each part adds its own check when it is made. */
@Injectable()
export class HealthChecks {
  private readonly checks = new Map<string, () => Promise<void>>();

  /** @param check resolves while the part serves, rejects otherwise; one that takes over two seconds counts as failed */
  add(name: string, check: () => Promise<void>): void {
    if (this.checks.has(name)) throw new Error(`health check ${name} exists already`);
    this.checks.set(name, check);
  }

  run(): Promise<CheckResult[]> {
    return Promise.all([...this.checks].map(([name, check]) => timed(name, check)));
  }
}

async function timed(name: string, check: () => Promise<void>): Promise<CheckResult> {
  const started = performance.now();
  const deadline = new AbortController();
  const late = sleep(DEADLINE_MS, false, { signal: deadline.signal }).catch(() => false);
  const answer = Promise.resolve()
    .then(check)
    .then(
      () => true,
      () => false, // why is the part's own business to log; readers only learn that it does not serve
    );
  const ok = await Promise.race([answer, late]);
  deadline.abort();
  return { name, ok, ms: Math.round(performance.now() - started) };
}
