import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { CONFIG, type Config } from '../config/config';
import { languageOf } from '../problem/language';
import { ProblemError } from '../problem/problem.error';
import { ACCESS, type Access } from './access';
import type { AuthenticatedRequest } from './caller';
import { isCrossSite, tokenOf } from './session-cookie';
import { SessionsService } from './sessions.service';

/** Closed by default: lets through what is public, or a living session whose roles suffice. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access?.kind === 'public') {
      // A sign-in from another site would put the reader into somebody else's session.
      if (changes && isCrossSite(request)) throw new ProblemError('ORIGIN_FORBIDDEN');
      return true;
    }
    const shown = tokenOf(request, this.config.secure);
    const caller = shown === null ? null : await this.sessions.resume(shown.token);
    if (shown === null || caller === null) throw new ProblemError('UNAUTHENTICATED');
    if (shown.by === 'cookie' && changes && isCrossSite(request)) throw new ProblemError('ORIGIN_FORBIDDEN');
    const roles = access?.roles;
    if (roles === undefined || (roles.length > 0 && !roles.some((role) => caller.roles.includes(role)))) {
      throw new ProblemError('FORBIDDEN');
    }
    // The page's language may have been switched since signing in.
    request.caller = { ...caller, language: languageOf(request.headers['accept-language'], caller.language) };
    return true;
  }
}
