import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Language } from '@tallystick/domain';
import { LessThan } from 'typeorm';
import { CONFIG, type Config } from '../config/config';
import { Database } from '../database/database';
import type { Caller } from './caller';
import type { Role } from './roles';
import { SessionRow } from './session.entity';
import type { UserRow } from './user.entity';

const MINUTE_MS = 60_000;

/** Sessions live in the database, so that ending one holds on every gateway and after a restart. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Opens a session. @returns the token, which is nowhere stored */
  async open(user: UserRow): Promise<{ token: string; expiresAt: Date }> {
    const token = randomBytes(32).toString('base64url');
    const now = new Date();
    const expiresAt = new Date(now.getTime() + this.config.sessionMaxHours * 60 * MINUTE_MS);
    await this.database.source.manager.insert(SessionRow, {
      tokenHash: hashOf(token),
      userId: user.id,
      userName: user.name,
      org: user.org,
      member: user.member,
      roles: user.roles,
      language: user.language,
      createdAt: now,
      seenAt: now,
      expiresAt,
    });
    return { token, expiresAt };
  }

  /** Whom a token speaks for; null when the session is unknown, ended, over its time or left alone too long. */
  async resume(token: string): Promise<Caller | null> {
    return token.length > 100 ? null : this.byHash(hashOf(token), true);
  }

  /** Whether a session goes on, asked by streams that outlive their first request; does not count as being used. */
  async lives(tokenHash: string): Promise<boolean> {
    return (await this.byHash(tokenHash, false)) !== null;
  }

  async end(tokenHash: string): Promise<void> {
    await this.database.source.manager.delete(SessionRow, { tokenHash });
  }

  /** Removes sessions that are over. */
  async prune(): Promise<void> {
    await this.database.source.manager.delete(SessionRow, { expiresAt: LessThan(new Date()) });
  }

  private async byHash(tokenHash: string, touch: boolean): Promise<Caller | null> {
    const { manager } = this.database.source;
    const row = await manager.findOneBy(SessionRow, { tokenHash });
    if (row === null) return null;
    const now = Date.now();
    const idleMs = now - row.seenAt.getTime();
    if (row.expiresAt.getTime() <= now || idleMs > this.config.sessionIdleMinutes * MINUTE_MS) return null;
    // Once a minute is exact enough for an idle time, and spares a write per request.
    if (touch && idleMs > MINUTE_MS) await manager.update(SessionRow, { tokenHash }, { seenAt: new Date(now) });
    return {
      userId: row.userId,
      user: row.userName,
      org: row.org,
      member: row.member,
      roles: row.roles as Role[],
      language: row.language as Language,
      tokenHash,
    };
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
