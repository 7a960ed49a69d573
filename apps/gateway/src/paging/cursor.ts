import { z } from 'zod';
import { ProblemError } from '../problem/problem.error';

/** Fields of every list's query: `z.strictObject({ ...PageQuery, … })`. */
export const PageQuery = {
  cursor: z.string().max(600).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
};

/** Where a page ends: the sort values of its last row, the unique id last. */
export type Position = readonly (string | number | null)[];

/**
 * A cursor for the client to hand back; bound to the list and its order, so that it is not used on another one.
 * @param list name of list, sort and filters
 */
export function encodeCursor(list: string, position: Position): string {
  return Buffer.from(JSON.stringify([list, ...position])).toString('base64url');
}

/** @throws ProblemError BAD_INPUT for a cursor that is not one of this list's with that many values */
export function decodeCursor(list: string, cursor: string, length: number): Position {
  const parsed = CursorSchema.safeParse(parse(cursor));
  if (!parsed.success || parsed.data[0] !== list || parsed.data.length !== length + 1) {
    throw new ProblemError('BAD_INPUT', {
      issues: [{ code: 'invalid_format', format: 'cursor', path: ['cursor'], message: 'not a cursor of this list' }],
    });
  }
  return parsed.data.slice(1);
}

/** Cuts the one row too many that a query for `limit + 1` rows brought, and says where to go on. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  list: string,
  positionOf: (row: Row) => Position,
  present: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? encodeCursor(list, positionOf(last)) : null;
  return { items: shown.map(present), next };
}

const CursorSchema = z.array(z.union([z.string().max(300), z.number(), z.null()])).max(8);

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null; // refused by the schema
  }
}
