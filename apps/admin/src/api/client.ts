import { reportReached } from '../live/reachability';
import { localProblem, readProblem } from './problem';

const BASE = '/api/v1';
const DEADLINE_MS = 45_000;

export interface RequestOptions {
  query?: Record<string, unknown>;
  body?: unknown;
  /** Makes a repeated command answer as the first did; see {@link newIdempotencyKey}. */
  idempotencyKey?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

let language = 'zh';

/** The language in which the gateway writes reasons and problems. */
export function speak(next: string): void {
  language = next;
}

/**
 * One request to the gateway.
 * @throws ProblemError with the gateway's problem document, or with a problem of our own when no readable answer came
 */
export async function request<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  const { query = {}, body, idempotencyKey, headers = {}, signal } = options;
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  let answer: Response;
  try {
    answer = await fetch(`${BASE}${path}${queryString(query)}`, {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json, application/problem+json',
        'Accept-Language': language,
        ...(body !== undefined && !(typeof body === 'string') && { 'Content-Type': 'application/json' }),
        ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    reportReached(false);
    throw localProblem('GATEWAY_AWAY');
  }
  if (answer.ok) {
    reportReached(true);
    return (answer.status === 204 ? undefined : await readJson(answer, signal)) as T;
  }
  const problem = readProblem(await readJson(answer, signal).catch(() => null), answer.status);
  reportReached(problem.problem.code !== 'GATEWAY_AWAY');
  throw problem;
}

/** Reads from the gateway. @throws as {@link request} */
export function get<T>(path: string, query: Record<string, unknown> = {}, signal?: AbortSignal): Promise<T> {
  return request<T>('GET', path, { query, signal });
}

/** Gives a command. Repeat it with the same key. @throws as {@link request} */
export function post<T>(path: string, body: unknown, options: Omit<RequestOptions, 'body'> = {}): Promise<T> {
  return request<T>('POST', path, { idempotencyKey: newIdempotencyKey(), ...options, body });
}

export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

async function readJson(answer: Response, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    return (await answer.json()) as unknown;
  } catch (error) {
    // A page that was left does not wait for the rest of its answers; that is no problem of anybody's.
    if (signal?.aborted === true) throw error;
    throw localProblem('ANSWER_UNREADABLE');
  }
}

function queryString(query: Record<string, unknown>): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return pairs.length === 0
    ? ''
    : `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString()}`;
}
