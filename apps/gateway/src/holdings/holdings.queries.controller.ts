import { Controller, Get, Param, Query } from '@nestjs/common';
import type { HoldingOpening } from '@tallystick/protocol';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { PageQuery } from '../paging/cursor';
import { ProblemError } from '../problem/problem.error';
import { Reader } from '../read-model/reader.service';
import { listOf } from '../read-model/shapes';
import { HoldingShape, presentHoldings } from './holding.view';

class HoldingPage extends createZodDto(listOf(HoldingShape)) {}
class HoldingDetail extends createZodDto(HoldingShape) {}
class HoldingsQuery extends createZodDto(
  z.strictObject({
    ...PageQuery,
    state: z.enum(['free', 'locked', 'all']).default('all'),
    certificate: z.string().max(64).optional(),
  }),
) {}

/** Whether a lock on the record holds now; a financing's is asked of its order and agreement. */
const LOCKED = `(r.body -> 'lock' <> 'null'::jsonb AND CASE WHEN r.body #>> '{lock,until}' IS NOT NULL THEN r.body #>> '{lock,until}' > ?
  ELSE EXISTS (SELECT 1 FROM record f LEFT JOIN record a ON a.org = f.org AND a.ref = 'Agreement/' || (r.body #>> '{lock,order}')
    WHERE f.org = s.org AND f.ref = 'Order/' || (r.body #>> '{lock,order}')
      AND (f.body ->> 'state' = 'open' AND f.body ->> 'openUntil' > ?
        OR f.body ->> 'state' = 'agreed'
          AND CASE a.body ->> 'state' WHEN 'signed' THEN a.body ->> 'validUntil' ELSE f.body ->> 'decideBy' END > ?)) END)`;

/** What the caller's member holds, earliest due first. */
@Controller('holdings')
export class HoldingsQueriesController {
  constructor(private readonly reader: Reader) {}

  @Get()
  @Requires()
  @ZodResponse({ type: HoldingPage })
  list(@CurrentCaller() caller: Caller, @Query() { limit, cursor, state, certificate }: HoldingsQuery) {
    return this.reader.read(caller, async (view) => {
      const where = [`'owner' = ANY(s.roles)`];
      const values: unknown[] = [];
      if (certificate !== undefined) {
        where.push('s.scope = ?');
        values.push(certificate);
      }
      if (state !== 'all') {
        where.push(`r.body ->> 'status' = 'live'`, state === 'locked' ? LOCKED : `NOT coalesce(${LOCKED}, false)`);
        values.push(view.now, view.now, view.now);
      } else {
        where.push(`r.body ->> 'status' <> 'consumed'`);
      }
      const page = { name: `holdings/${state}/${certificate ?? ''}`, limit, cursor };
      const { rows, nextCursor } = await view.page<'Holding', HoldingOpening>('Holding', { where, values }, page);
      return { items: await presentHoldings(view, rows), nextCursor };
    });
  }

  @Get(':id')
  @Requires()
  @ZodResponse({ type: HoldingDetail })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.reader.read(caller, async (view) => {
      const [shown] = await presentHoldings(view, [await view.one<'Holding', HoldingOpening>('Holding', id)]);
      if (shown === undefined) throw new ProblemError('NOT_FOUND');
      return shown;
    });
  }
}
