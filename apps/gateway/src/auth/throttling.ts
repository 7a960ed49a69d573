import { Injectable, type ExecutionContext } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerLimitDetail, type ThrottlerModuleOptions } from '@nestjs/throttler';
import type { Request } from 'express';
import type { Config } from '../config/config';
import { ProblemError } from '../problem/problem.error';

/**
 * Two counts, both in this process (a cluster of gateways needs a shared store): all requests per source; sign-ins per
 * source and user name, so that a stranger's attempts do not lock out the person.
 */
export function throttling(config: Config): ThrottlerModuleOptions {
  return [
    { name: 'all', ttl: 60_000, limit: config.rateLimitPerMinute },
    {
      name: 'login',
      ttl: 60_000,
      limit: config.loginAttemptsPerMinute,
      skipIf: (context: ExecutionContext) => !isLogin(requestOf(context)),
      getTracker: (request: Record<string, unknown>) => `${String(request['ip'])}|${userIn(request['body'])}`,
    },
  ];
}

@Injectable()
export class ThrottleGuard extends ThrottlerGuard {
  protected override throwThrottlingException(_: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
    throw new ProblemError('TOO_MANY_REQUESTS', {
      retryAfterSeconds: Math.max(1, Math.ceil(detail.timeToBlockExpire)),
    });
  }
}

function requestOf(context: ExecutionContext): Request {
  return context.switchToHttp().getRequest<Request>();
}

function isLogin(request: Request): boolean {
  return request.method === 'POST' && request.path === '/api/v1/auth/login';
}

function userIn(body: unknown): string {
  const user = typeof body === 'object' && body !== null && 'user' in body ? body.user : '';
  return typeof user === 'string' ? user.slice(0, 64) : '';
}
