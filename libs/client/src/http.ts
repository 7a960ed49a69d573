import { uuidv7 } from 'uuidv7';

/** A problem document (RFC 9457) that a gateway answered with. */
export class ProblemAnswer extends Error {
  constructor(
    readonly status: number,
    readonly problem: { code?: string; detail?: string; errors?: { path: string; code: string; message: string }[] },
    request: string,
  ) {
    const fields = (problem.errors ?? []).map(({ path, code }) => ` ${path}: ${code}`).join(';');
    super(`${request} → ${String(status)} ${problem.code ?? ''} ${problem.detail ?? ''}${fields}`);
    this.name = 'ProblemAnswer';
  }

  get code(): string | undefined {
    return this.problem.code;
  }
}

export interface HttpOptions {
  /** Address of a gateway without `/api/v1`, e.g. `http://127.0.0.1:8080`. */
  baseUrl: string;
  /** Bearer token of a session; none for public calls. */
  token?: string;
  language?: 'zh' | 'en';
}

const DEADLINE_MS = 60_000;

/** JSON over HTTP to one gateway. A lost answer is asked again once with the same idempotency key. */
export class Http {
  /** Hears of every answered request how long it took. */
  observe: ((method: string, milliseconds: number) => void) | null = null;

  constructor(private readonly options: HttpOptions) {}

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path, undefined, {});
  }

  /** @param idempotencyKey repeat it to repeat the same command; a fresh one if left out */
  post<T>(path: string, body: unknown, headers: Record<string, string> = {}, idempotencyKey = uuidv7()): Promise<T> {
    return this.send<T>('POST', path, body, { 'idempotency-key': idempotencyKey, ...headers });
  }

  /** @throws ProblemAnswer for any answer that is not 2xx */
  private async send<T>(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<T> {
    const { baseUrl, token, language = 'en' } = this.options;
    const ask = (): Promise<Response> =>
      fetch(`${baseUrl}/api/v1${path}`, {
        method,
        headers: {
          accept: 'application/json',
          'accept-language': language,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(DEADLINE_MS),
      });
    const from = performance.now();
    const answer = await ask().catch(() => ask());
    const text = await answer.text();
    this.observe?.(method, performance.now() - from);
    const json: unknown = text === '' ? null : JSON.parse(text);
    if (!answer.ok) throw new ProblemAnswer(answer.status, json ?? {}, `${method} ${path}`);
    return json as T;
  }
}
