import { PUBLIC_ARGUMENT, REQUEST_FIELD, RequestSchema, type Request } from '@tallystick/protocol';
import type { Context } from 'fabric-contract-api';
import type { z } from 'zod';
import { Refused } from '../refusal/refused';

/** A request of fifty certificates with their invoices and openings takes some 200 KiB; more is refused. */
export const MAX_REQUEST_BYTES = 384 * 1024;

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The transient request of a call. The public argument is a constant, so that nothing private ever stands in a block.
 * @throws Refused BAD_INPUT for another argument, no request, one above the size limit, or one of another shape
 */
export function readRequest(ctx: Context, argument: string): Request {
  if (argument !== PUBLIC_ARGUMENT) throw new Refused('BAD_INPUT', { field: 'argument' });
  const bytes = ctx.stub.getTransient().get(REQUEST_FIELD);
  if (bytes === undefined) throw new Refused('BAD_INPUT', { field: 'request' });
  if (bytes.length > MAX_REQUEST_BYTES) throw new Refused('BAD_INPUT', { field: 'request', limit: MAX_REQUEST_BYTES });
  return parsed(RequestSchema, jsonOf(bytes), 'request');
}

/** Parses what the caller sent. @throws Refused BAD_INPUT with the path of the first fault; never the value */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, name: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path ?? [];
  throw new Refused('BAD_INPUT', { field: [name, ...path.map(String)].join('.').slice(0, 200) });
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    throw new Refused('BAD_INPUT', { field: 'request' });
  }
}
