import { isIsoDate, isUscc, type Refusal } from '@tallystick/domain';
import { z } from 'zod';
import { RefusedError } from '../problem/problem.error';

/** A day of the calendar. */
export const DateField = z.string().max(10).refine(isIsoDate);

/** A member's id; a wrong check character is told as such (GB 32100-2015). */
export const MemberField = z
  .string()
  .max(18)
  .refine(isUscc, { params: { refusal: { code: 'USCC_INVALID', details: {} } } });

export const HashField = z.string().regex(/^[0-9a-f]{64}$/u);
export const ReasonField = z.string().trim().min(1).max(500);
export const NoteField = z.string().max(500).default('');

/** The value of an outcome; the refusal's field is named as the form names it. @throws RefusedError */
export function unwrapFor<T>(
  outcome: { ok: true; value: T } | { ok: false; refusal: Refusal },
  rename: (field: string) => string,
): T {
  if (outcome.ok) return outcome.value;
  const { field, ...refusal } = outcome.refusal;
  throw new RefusedError(field === undefined ? refusal : { ...refusal, field: rename(field) });
}

/** The value of an outcome about one field of the form. @throws RefusedError naming it */
export function unwrapAt<T>(outcome: { ok: true; value: T } | { ok: false; refusal: Refusal }, field: string): T {
  if (outcome.ok) return outcome.value;
  throw new RefusedError({ ...outcome.refusal, field });
}
