import { Injectable } from '@nestjs/common';
import type { NetworkView } from '@tallystick/protocol';
import { Book } from '../operations/book';

/** How long an organisation that did not answer is left out before it is asked again. */
const LEAVE_OUT_MS = 10_000;

/** Which organisations answer: those that did not, or answered unlike the others, are left out for a while, so that others can fill in for them. */
@Injectable()
export class Liveness {
  private readonly silentUntil = new Map<string, number>();

  constructor(private readonly book: Book) {}

  failed(organisations: readonly string[]): void {
    for (const msp of organisations) this.silentUntil.set(msp, Date.now() + LEAVE_OUT_MS);
  }

  /**
   * Endorsers disagree, and which of them is wrong is not known: one of the others is left out, another one each time. What is applied
   * without it has our own peer's word and that of enough others.
   */
  disagreed(org: string, endorsers: readonly string[], attempt: number): void {
    const others = endorsers.filter((msp) => msp !== org);
    const suspect = others[attempt % others.length];
    if (suspect !== undefined) this.failed([suspect]);
  }

  /**
   * The network as it is now, for planning who endorses. Our own organisation is never left out: nothing is sent but through its peer, and
   * nobody else would know that its copy of the openings is missing.
   */
  async view(org: string): Promise<NetworkView> {
    const { organisations } = await this.book.get(org, 'Genesis');
    const now = Date.now();
    return {
      organisations: organisations.map(({ msp }) => msp),
      authorities: organisations.filter(({ authority }) => authority).map(({ msp }) => msp),
      down: new Set([...this.silentUntil].filter(([msp, until]) => msp !== org && until > now).map(([msp]) => msp)),
    };
  }
}
