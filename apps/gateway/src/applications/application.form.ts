import { AdmissionSignature, KeyId, MemberRecord, PublicKey } from '@tallystick/protocol';
import { z } from 'zod';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`, 'u'));

/** A person who will sign in here; all secrets are derived or wrapped on the person's own machine. */
const ApplicationUser = z.strictObject({
  user: z.string().regex(/^[a-z0-9][a-z0-9._-]{2,63}$/u),
  displayName: z.string().trim().min(1).max(100),
  roles: z
    .array(z.enum(['maker', 'checker', 'risk', 'viewer', 'admin']))
    .min(1)
    .max(5),
  language: z.enum(['zh', 'en']).default('zh'),
  salt: hex(16),
  loginSecret: hex(32),
  /** Left out by people who only look. */
  key: z
    .strictObject({
      keyId: KeyId,
      publicKey: PublicKey,
      wrappedKey: z.strictObject({
        v: z.literal(1),
        iv: hex(12),
        ciphertext: z.string().regex(/^[0-9a-f]{32,1000}$/u),
      }),
    })
    .optional(),
});

/** `POST /applications`. */
export const ApplicationForm = z.strictObject({
  /** The member record without `index`, exactly as its keys signed it. */
  subject: MemberRecord.omit({ index: true }),
  /** By each of the subject's keys; those of the host's own service key are added here. */
  admission: z.array(AdmissionSignature).min(1).max(60),
  users: z.array(ApplicationUser).max(60),
});
export type ApplicationForm = z.output<typeof ApplicationForm>;
