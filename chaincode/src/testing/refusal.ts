import type { RefusalCode } from '@tallystick/domain';

/** Expects a call to be refused with a code, and with these details among others. */
export async function expectRefusal(
  call: Promise<unknown>,
  code: RefusalCode,
  details: Record<string, unknown> = {},
): Promise<void> {
  await expect(call).rejects.toMatchObject({ refusal: { code, details } });
}
