import { createZodDto } from 'nestjs-zod/dto';
import { z } from 'zod';
import { ROLES } from './roles';

const UserName = z.string().min(1).max(64);
const Hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`));

export class SaltQuery extends createZodDto(z.strictObject({ user: UserName })) {}

export class SaltAnswer extends createZodDto(z.strictObject({ salt: Hex(16) })) {}

export class LoginBody extends createZodDto(
  z.strictObject({
    user: UserName,
    /** Derived from the password in the browser or script; the password itself is never sent. */
    loginSecret: Hex(32),
    /** True for scripts: the token comes in the answer and no cookie is set. */
    bearer: z.boolean().default(false),
  }),
) {}

const ProfileSchema = z.strictObject({
  userId: z.uuid(),
  user: z.string(),
  displayNameKey: z.string(),
  member: z.string(),
  org: z.string(),
  roles: z.array(z.enum(ROLES)),
  language: z.enum(['zh', 'en']),
  salt: Hex(16),
  keys: z.array(
    z.strictObject({
      keyId: z.string(),
      publicKey: z.string(),
      wrappedKey: z.strictObject({ v: z.literal(1), iv: z.string(), ciphertext: z.string() }),
    }),
  ),
});

export class Profile extends createZodDto(ProfileSchema) {}

export class LoginAnswer extends createZodDto(
  z.strictObject({
    profile: ProfileSchema,
    expiresAt: z.iso.datetime(),
    /** Only when `bearer` was asked for. */
    token: z.string().optional(),
  }),
) {}
