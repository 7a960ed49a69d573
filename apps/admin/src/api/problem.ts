/** RFC 9457 problem document, as the gateway sends it in the reader's language. */
export interface Problem {
  title: string;
  status: number;
  code: string;
  detail: string;
  /** Id of the request in the gateway's log. */
  instance?: string;
  errors?: FieldProblem[];
  /** The law, rule-pack entry or ledger rule that refused. */
  rule?: string;
  details?: Record<string, unknown>;
}

export interface FieldProblem {
  path: string;
  code: string;
  message: string;
}

/** Problems that the browser itself finds; their words are in the messages under `problem`. */
export const LOCAL_PROBLEMS = [
  'GATEWAY_AWAY',
  'ANSWER_UNREADABLE',
  'CRYPTO_MISSING',
  'WRONG_PASSWORD',
  'NO_KEY',
] as const;
export type LocalProblem = (typeof LOCAL_PROBLEMS)[number];

/** A request that did not succeed. `status` is 0 when no answer came. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }

  get status(): number {
    return this.problem.status;
  }

  /** As react-admin reads the details of an error. */
  get body(): Problem {
    return this.problem;
  }
}

export function localProblem(code: LocalProblem): ProblemError {
  // The message is a key on purpose: react-admin translates the messages of errors it shows.
  return new ProblemError({ title: '', status: 0, code, detail: `problem.${code}` });
}

export function isLocal(code: string): code is LocalProblem {
  return (LOCAL_PROBLEMS as readonly string[]).includes(code);
}

/** Reads the body of a failed answer; anything that is no problem document counts as unreadable. */
export function readProblem(body: unknown, status: number): ProblemError {
  if (typeof body !== 'object' || body === null) return unreadable(status);
  const { title, detail, code } = body as Partial<Problem>;
  if (typeof code !== 'string' || typeof detail !== 'string') return unreadable(status);
  return new ProblemError({ ...(body as Problem), title: title ?? detail, status });
}

function unreadable(status: number): ProblemError {
  // A proxy answers these when the gateway behind it is away.
  const away = status === 502 || status === 503 || status === 504;
  const problem = localProblem(away ? 'GATEWAY_AWAY' : 'ANSWER_UNREADABLE').problem;
  return new ProblemError({ ...problem, status });
}
