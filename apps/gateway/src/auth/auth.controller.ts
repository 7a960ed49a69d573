import { Body, Controller, Get, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import type { WrappedKey } from '@tallystick/crypto';
import type { Language } from '@tallystick/domain';
import type { Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { CONFIG, type Config } from '../config/config';
import { WithoutIdempotency } from '../idempotency/without-idempotency';
import { ProblemError } from '../problem/problem.error';
import { Public, Requires } from './access';
import { LoginAnswer, LoginBody, Profile, SaltAnswer, SaltQuery } from './auth.schema';
import { CurrentCaller, type Caller } from './caller';
import { PasswordHash } from './password-hash';
import type { Role } from './roles';
import { cookieName, cookieOptions } from './session-cookie';
import { SessionsService } from './sessions.service';
import { UsersService } from './users.service';

/** Signing in and out. Attempts are counted per user and source, before any hashing. */
@Controller('auth')
export class AuthController {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordHash,
    private readonly sessions: SessionsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('salt')
  @Public()
  @ZodResponse({ type: SaltAnswer, description: 'The salt to derive the login secret with; unknown names get one too' })
  async salt(@Query() { user }: SaltQuery): Promise<SaltAnswer> {
    const found = await this.users.find(user);
    return { salt: found?.salt ?? this.passwords.decoySalt(user) };
  }

  @Post('login')
  @Public()
  @HttpCode(200)
  @ZodResponse({ status: 200, type: LoginAnswer, description: 'A session, as a cookie or as a bearer token' })
  async login(@Body() body: LoginBody, @Res({ passthrough: true }) response: Response): Promise<LoginAnswer> {
    const user = await this.users.find(body.user);
    const right = await this.passwords.verify(user?.secretHash ?? null, body.loginSecret);
    if (user === null || !right) throw new ProblemError('LOGIN_FAILED');
    const { token, expiresAt } = await this.sessions.open(user);
    const { secure } = this.config;
    if (!body.bearer) response.cookie(cookieName(secure), token, { ...cookieOptions(secure), expires: expiresAt });
    const profile = await this.profileOf({ userId: user.id, member: user.member, org: user.org });
    return { profile, expiresAt: expiresAt.toISOString(), ...(body.bearer && { token }) };
  }

  @Post('logout')
  @Requires()
  @HttpCode(204)
  @WithoutIdempotency()
  async logout(@CurrentCaller() caller: Caller, @Res({ passthrough: true }) response: Response): Promise<void> {
    const { secure } = this.config;
    await this.sessions.end(caller.tokenHash);
    response.clearCookie(cookieName(secure), cookieOptions(secure));
    response.setHeader('Clear-Site-Data', '"cache", "storage"');
  }

  @Get('me')
  @Requires()
  @ZodResponse({ type: Profile, description: 'The signed-in person with public and wrapped keys' })
  me(@CurrentCaller() caller: Caller): Promise<Profile> {
    return this.profileOf(caller);
  }

  private async profileOf(scope: { userId: string; member: string; org: string }): Promise<Profile> {
    const { user, keys } = await this.users.profile(scope);
    return {
      userId: user.id,
      user: user.name,
      displayNameKey: user.displayNameKey,
      member: user.member,
      org: user.org,
      roles: user.roles as Role[],
      language: user.language as Language,
      salt: user.salt,
      keys: keys.map(({ keyId, publicKey, wrappedKey }) => ({
        keyId,
        publicKey,
        wrappedKey: wrappedKey as unknown as WrappedKey,
      })),
    };
  }
}
