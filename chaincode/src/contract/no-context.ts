import { z } from 'zod';

/** Context of calls on public data alone: nothing. */
export const NoContext: z.ZodType<Record<string, never>> = z.strictObject({});
export type NoContext = z.infer<typeof NoContext>;
