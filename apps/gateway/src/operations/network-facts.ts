import { Injectable } from '@nestjs/common';
import { businessDateOf, RulePackSchema, withLaterYears, type RulePack } from '@tallystick/domain';
import type { GenesisRecord } from '@tallystick/protocol';
import { RefusedError } from '../problem/problem.error';
import { Book } from './book';
import { WallClock } from './wall-clock';

/** The network as it stands now for one organisation: business time and the rules in force. */
export interface Facts {
  genesis: GenesisRecord;
  /** Raw time: lifetimes of signatures. */
  rawNow: string;
  /** Business time: deadlines of the trade. On trial networks the clock's offset is added. */
  now: string;
  today: string;
  /** How far business time is ahead of real time now. */
  offsetMs: number;
  rules: RulePack;
}

@Injectable()
export class NetworkFacts {
  private readonly packs = new Map<string, RulePack>();

  constructor(
    private readonly book: Book,
    private readonly clock: WallClock,
  ) {}

  /** @throws RefusedError RECORD_NOT_FOUND while the projection has no genesis; RULE_PACK_UNKNOWN */
  async at(org: string): Promise<Facts> {
    const [genesis, clock, schedule] = await Promise.all([
      this.book.get(org, 'Genesis'),
      this.book.find(org, 'Clock'),
      this.book.get(org, 'Schedule'),
    ]);
    const raw = this.clock.now();
    const rawNow = raw.toISOString();
    const offsetMs = genesis.trial ? (clock?.offsetMs ?? 0) : 0;
    const now = new Date(raw.getTime() + offsetMs).toISOString();
    const inForce = schedule.packs.filter(({ from }) => from <= now).at(-1);
    if (inForce === undefined) throw new RefusedError({ code: 'RULE_PACK_UNKNOWN', details: {} });
    return { genesis, rawNow, now, offsetMs, today: businessDateOf(now), rules: await this.pack(org, inForce.id) };
  }

  /** The rules a certificate pinned, with calendar years published since. @throws RefusedError */
  async pinned(org: string, facts: Facts, id: string): Promise<RulePack> {
    return withLaterYears(await this.pack(org, id), facts.rules);
  }

  /** Rule packs never change once published, so they are kept. */
  private async pack(org: string, id: string): Promise<RulePack> {
    const key = `${org}/${id}`;
    const known = this.packs.get(key);
    if (known !== undefined) return known;
    const rules = RulePackSchema.parse((await this.book.get(org, 'RulePack', id)).rules);
    this.packs.set(key, rules);
    return rules;
  }
}
