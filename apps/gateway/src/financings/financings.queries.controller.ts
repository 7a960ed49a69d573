import { Controller, Get, Param, Query } from '@nestjs/common';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { PageQuery } from '../paging/cursor';
import { ProblemError } from '../problem/problem.error';
import { Reader } from '../read-model/reader.service';
import { listOf } from '../read-model/shapes';
import { FinancingShape, presentFinancings, type SeenFinancing } from './financing.view';

class FinancingPage extends createZodDto(listOf(FinancingShape)) {}
class FinancingDetail extends createZodDto(FinancingShape) {}
class FinancingsQuery extends createZodDto(
  z.strictObject({
    ...PageQuery,
    role: z.enum(['applicant', 'bank']).optional(),
    state: z.enum(['open', 'agreed', 'funded', 'ended']).optional(),
  }),
) {}

/** Applications for cash: the applicant's, and those a bank was invited to, newest first. */
@Controller('financings')
export class FinancingsQueriesController {
  constructor(private readonly reader: Reader) {}

  @Get()
  @Requires()
  @ZodResponse({ type: FinancingPage })
  list(@CurrentCaller() caller: Caller, @Query() { limit, cursor, role, state }: FinancingsQuery) {
    return this.reader.read(caller, async (view) => {
      const where = [`r.body ->> 'kind' = 'financing'`];
      const values: unknown[] = [];
      if (role !== undefined) {
        where.push('s.roles && ?');
        values.push([role]);
      }
      if (state !== undefined) {
        where.push(`r.body ->> 'state' = ?`);
        values.push(state);
      }
      const page = { name: `financings/${role ?? ''}/${state ?? ''}`, limit, cursor, descending: true };
      const { rows, nextCursor } = await view.page<'Order', unknown>('Order', { where, values }, page);
      return { items: await presentFinancings(view, rows as SeenFinancing[]), nextCursor };
    });
  }

  @Get(':id')
  @Requires()
  @ZodResponse({ type: FinancingDetail })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.reader.read(caller, async (view) => {
      const row = await view.one<'Order', unknown>('Order', id);
      const [shown] = row.record.kind === 'financing' ? await presentFinancings(view, [row as SeenFinancing]) : [];
      if (shown === undefined) throw new ProblemError('NOT_FOUND');
      return shown;
    });
  }
}
