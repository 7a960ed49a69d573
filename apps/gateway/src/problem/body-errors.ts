import type { NextFunction, Request, Response } from 'express';
import type { ProblemCode } from './problem-codes';
import { ProblemError } from './problem.error';

/** What Express's body parser says in its errors' `type`. */
const BY_TYPE: Record<string, ProblemCode> = {
  'entity.parse.failed': 'JSON_MALFORMED',
  'entity.too.large': 'BODY_TOO_LARGE',
  'encoding.unsupported': 'MEDIA_TYPE_UNSUPPORTED',
  'charset.unsupported': 'MEDIA_TYPE_UNSUPPORTED',
};

/**
 * Recognises the body parser's errors before the framework turns them into errors of its own. The parser has read off
 * what the client still sent, so that the client gets to read our answer instead of a broken connection.
 */
export function bodyErrors(error: unknown, _: Request, __: Response, next: NextFunction): void {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  const code = typeof type === 'string' ? BY_TYPE[type] : undefined;
  next(code === undefined ? error : new ProblemError(code));
}
