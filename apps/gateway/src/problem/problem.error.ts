import type { Outcome, Refusal } from '@tallystick/domain';
import type { z } from 'zod';
import type { ProblemCode } from './problem-codes';

/** An answer other than success that the door gives itself. */
export class ProblemError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly options: {
      issues?: readonly z.core.$ZodIssue[];
      retryAfterSeconds?: number;
      headers?: Record<string, string>;
    } = {},
  ) {
    super(code);
  }
}

/** A refusal by a rule of the trade, on its way to the reader. */
export class RefusedError extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

/** The value of an outcome. @throws RefusedError if it is a refusal */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new RefusedError(outcome.refusal);
}
