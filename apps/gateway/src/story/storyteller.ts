import type { Firm } from '@tallystick/client';

/** One thing that happened, with what proves it; all values are text. */
export interface StoryLine {
  step: string;
  ok: true;
  /** Where the ledger has it. */
  block?: string;
  txId?: string;
  at?: string;
  [fact: string]: string | true | undefined;
}

/** What came out is not what had to come out. */
export class StoryMismatch extends Error {
  constructor(
    readonly what: string,
    readonly expected: string,
    readonly found: string,
  ) {
    super(`${what}: expected ${expected}, found ${found}`);
    this.name = 'StoryMismatch';
  }
}

/** Tells each step as it is done, and stops the story where a figure is wrong. */
export class Storyteller {
  constructor(private readonly tell: (line: StoryLine) => void) {}

  /** @param firm whose last command the step was; none for a step without one */
  step(step: string, facts: Record<string, string> = {}, firm?: Firm): void {
    const outcome = firm?.last?.steps.at(-1)?.outcome;
    const where = outcome == null ? {} : { block: outcome.block, txId: outcome.txId, at: outcome.at };
    this.tell({ step, ok: true, ...facts, ...where });
  }

  /** @throws StoryMismatch */
  check(what: string, expected: unknown, found: unknown): void {
    const [wanted, had] = [inText(expected), inText(found)];
    if (wanted !== had) throw new StoryMismatch(what, wanted, had);
  }
}

const inText = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
