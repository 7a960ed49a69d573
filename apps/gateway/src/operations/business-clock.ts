import { Injectable } from '@nestjs/common';
import { Database } from '../database/database';

/** Tells the business time of a moment of real time, as an instant. */
export type ToBusinessTime = (raw: Date | string) => string;

interface Change {
  /** Timestamp of the transaction that moved the clock. */
  at: string;
  offsetMs: number;
}

/** Business time of what happened earlier: the trial clock counts as it stood then (`ledger.md` §3.3 Time). */
@Injectable()
export class BusinessClock {
  private readonly known = new Map<string, { offsetMs: number; changes: Change[] }>();

  constructor(private readonly database: Database) {}

  /** @param offsetMs of the clock now; while it is the same, nothing has changed */
  async of(org: string, offsetMs: number): Promise<ToBusinessTime> {
    const kept = this.known.get(org);
    const changes = kept?.offsetMs === offsetMs ? kept.changes : await this.changes(org);
    if (changes.at(-1)?.offsetMs === offsetMs) this.known.set(org, { offsetMs, changes });
    return (raw) => businessTimeOf(changes, raw);
  }

  private async changes(org: string): Promise<Change[]> {
    const rows = await this.database.ask<{ at: string; offset_ms: string }>(
      'SELECT at, offset_ms FROM clock_change WHERE org = $1 ORDER BY block, tx',
      [org],
    );
    return rows.map(({ at, offset_ms: offset }) => ({ at, offsetMs: Number(offset) }));
  }
}

/** @param changes oldest first; before the first of them business time is real time */
export function businessTimeOf(changes: readonly Change[], raw: Date | string): string {
  const at = new Date(raw).toISOString();
  const offsetMs = changes.findLast((change) => change.at < at)?.offsetMs ?? 0;
  return new Date(Date.parse(at) + offsetMs).toISOString();
}
