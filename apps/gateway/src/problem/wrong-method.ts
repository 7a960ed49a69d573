import type { NextFunction, Request, Response } from 'express';
import { ProblemError } from './problem.error';

interface Known {
  method: string;
  path: string;
}

/** Tells a wrong method from a wrong address: 405 with the methods that are allowed (RFC 9110 §15.5.6). */
export function wrongMethod(routes: () => readonly Known[]) {
  let patterns: { method: string; pattern: RegExp }[] | undefined;
  return (request: Request, _: Response, next: NextFunction): void => {
    patterns ??= routes().map(({ method, path }) => ({ method, pattern: patternOf(path) }));
    const allowed = patterns.filter(({ pattern }) => pattern.test(request.path)).map(({ method }) => method);
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    if (allowed.length === 0 || allowed.includes(method) || allowed.includes('ALL')) next();
    else next(new ProblemError('METHOD_NOT_ALLOWED', { headers: { Allow: [...new Set(allowed)].join(', ') } }));
  };
}

function patternOf(path: string): RegExp {
  const parts = path
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('/').replace(/^(?!\/)/, '/')}/?$`, 'i');
}
