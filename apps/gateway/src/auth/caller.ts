import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Language } from '@tallystick/domain';
import type { Request } from 'express';
import type { MemberScope } from '../database/database';
import type { Role } from './roles';

/** Who is asking, as the session says. Fits `Database.withMember`. */
export interface Caller extends MemberScope {
  userId: string;
  user: string;
  roles: readonly Role[];
  language: Language;
  /** Names the session without giving it away. */
  tokenHash: string;
}

export type AuthenticatedRequest = Request & { caller?: Caller };

/** The caller of a route that is not public. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => callerOf(context));

/** @throws Error on a public route, which has no caller */
export function callerOf(context: ExecutionContext): Caller {
  const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (caller === undefined) throw new Error('a public route has no caller');
  return caller;
}
