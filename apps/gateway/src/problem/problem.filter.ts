import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { QueryFailedError } from 'typeorm';
import { languageOf } from './language';
import { problemOf } from './problem-document';
import type { ProblemCode } from './problem-codes';
import { ProblemError, RefusedError } from './problem.error';

/** Every error leaves through here, as a problem document in the reader's language; a fault of ours shows its id only. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Problem');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const language = languageOf(request.headers['accept-language']);
    const instance = `urn:tallystick:request:${typeof request.id === 'string' ? request.id : 'unknown'}`;
    const error = recognise(thrown) ?? this.record(thrown);
    const problem = problemOf(error, language, instance);
    if (response.headersSent) {
      response.destroy(); // an event stream that broke: nothing more can be said on it
      return;
    }
    if (error instanceof ProblemError) {
      const { retryAfterSeconds, headers = {} } = error.options;
      if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    }
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    response.vary('Accept-Language');
    response
      .status(problem.status)
      .set({
        'Content-Type': 'application/problem+json; charset=utf-8',
        'Content-Language': language,
        'Cache-Control': 'no-store',
      })
      .end(JSON.stringify(problem));
  }

  private record(fault: unknown): ProblemError {
    this.log.error(fault);
    return new ProblemError('INTERNAL');
  }
}

const BY_STATUS = new Map<number, ProblemCode>([
  [400, 'BAD_INPUT'],
  [401, 'UNAUTHENTICATED'],
  [403, 'FORBIDDEN'],
  [404, 'NOT_FOUND'],
  [405, 'METHOD_NOT_ALLOWED'],
  [413, 'BODY_TOO_LARGE'],
  [415, 'MEDIA_TYPE_UNSUPPORTED'],
  [429, 'TOO_MANY_REQUESTS'],
  [503, 'UNAVAILABLE'],
]);

/** PostgreSQL's codes (appendix A of its manual) for what passes by itself. */
const PASSING = new Set(['55P03', '57014', '40001', '40P01', '53300', '57P01', '57P03']);

/** Turns what frameworks throw into our own errors, by status or code and never by message text; null: a fault of ours. */
function recognise(thrown: unknown): ProblemError | RefusedError | null {
  if (thrown instanceof ProblemError || thrown instanceof RefusedError) return thrown;
  if (thrown instanceof QueryFailedError) {
    const { code } = thrown.driverError as { code?: unknown };
    if (typeof code === 'string' && PASSING.has(code)) return new ProblemError('UNAVAILABLE', { retryAfterSeconds: 1 });
    return null;
  }
  if (typeof thrown !== 'object' || thrown === null) return null;
  const status = thrown instanceof HttpException ? thrown.getStatus() : (thrown as { status?: unknown }).status;
  const code =
    typeof status === 'number' ? (BY_STATUS.get(status) ?? (status < 500 ? 'BAD_INPUT' : undefined)) : undefined;
  return code === undefined ? null : new ProblemError(code);
}
