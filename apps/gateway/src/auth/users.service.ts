import { Injectable } from '@nestjs/common';
import type { WrappedKey } from '@tallystick/crypto';
import type { Language } from '@tallystick/domain';
import { uuidv7 } from 'uuidv7';
import { Database, type MemberScope } from '../database/database';
import { PasswordHash } from './password-hash';
import type { Role } from './roles';
import { SessionRow } from './session.entity';
import { UserKeyRow } from './user-key.entity';
import { UserRow } from './user.entity';

/** What a new user brings; all secrets are already derived or wrapped on the user's side. */
export interface NewUser extends MemberScope {
  user: string;
  displayNameKey: string;
  roles: readonly Role[];
  language: Language;
  /** Salt of both derivations, hex, 16 bytes. */
  salt: string;
  /** `deriveLoginSecret(password, { user, salt })`; only its hash is stored. */
  loginSecret: string;
  /** False for people who may not sign in yet. */
  active?: boolean;
  /** The signing key; absent for people who only look. */
  key?: { keyId: string; publicKey: string; wrappedKey: WrappedKey };
}

@Injectable()
export class UsersService {
  constructor(
    private readonly database: Database,
    private readonly passwords: PasswordHash,
  ) {}

  /**
   * Makes a user with its first key; joins a running transaction.
   * @returns the user's id
   * @throws QueryFailedError (23505) if the name is taken
   */
  async create(user: NewUser): Promise<string> {
    const secretHash = await this.passwords.hash(user.loginSecret);
    const { org, member } = user;
    const [id, createdAt] = [uuidv7(), new Date()];
    await this.database.withSystem(async (manager) => {
      await manager.insert(UserRow, {
        id,
        org,
        member,
        name: user.user,
        displayNameKey: user.displayNameKey,
        roles: [...user.roles],
        language: user.language,
        salt: user.salt,
        secretHash,
        active: user.active ?? true,
        createdAt,
      });
      if (user.key !== undefined) {
        const { keyId, publicKey, wrappedKey } = user.key;
        await manager.insert(UserKeyRow, {
          userId: id,
          keyId,
          org,
          member,
          publicKey,
          wrappedKey: { ...wrappedKey },
          createdAt,
        });
      }
    });
    return id;
  }

  find(user: string): Promise<UserRow | null> {
    return this.database.withSystem((manager) => manager.findOneBy(UserRow, { name: user, active: true }));
  }

  /** A user with its keys, oldest first; to the own member only. */
  async profile(scope: MemberScope & { userId: string }): Promise<{ user: UserRow; keys: UserKeyRow[] }> {
    return this.database.withMember(scope, async (manager) => ({
      user: await manager.findOneByOrFail(UserRow, { id: scope.userId }),
      keys: await manager.find(UserKeyRow, { where: { userId: scope.userId }, order: { createdAt: 'ASC' } }),
    }));
  }

  /** Closes an account and ends its sessions at once. */
  async deactivate(userId: string): Promise<void> {
    await this.database.withSystem(async (manager) => {
      await manager.update(UserRow, { id: userId }, { active: false });
      await manager.delete(SessionRow, { userId });
    });
  }
}
