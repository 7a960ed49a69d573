/** Transaction time, and business time beside it. */
export interface TestClock {
  /** Milliseconds since 1970. */
  readonly transactionMs: number;
  /** How far business time is ahead; the trial clock's offset. */
  offsetMs: number;
  /** Back too, as a clock that runs behind. */
  advance(ms: number): void;
}

/** A clock of the test's own, which stands until it is moved. */
export function ownClock(startsAt: number): TestClock {
  let ms = startsAt;
  return {
    get transactionMs() {
      return ms;
    },
    offsetMs: 0,
    advance(by) {
      ms += by;
    },
  };
}

/** The machine's clock, with business time beginning at `startsAt`. Only the ledger's Clock record moves that on. */
export function machineClock(startsAt: number): TestClock {
  return {
    get transactionMs() {
      return Date.now();
    },
    offsetMs: startsAt - Date.now(),
    advance() {
      throw new Error('the machine’s clock is not moved by hand');
    },
  };
}
