import { Controller, Get, Param, Query } from '@nestjs/common';
import type { TransferOpening } from '@tallystick/protocol';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { PageQuery } from '../paging/cursor';
import { ProblemError } from '../problem/problem.error';
import { Reader } from '../read-model/reader.service';
import { listOf } from '../read-model/shapes';
import { presentTransfers, TransferShape, type SeenTransfer } from './transfer.view';

class TransferPage extends createZodDto(listOf(TransferShape)) {}
class TransferDetail extends createZodDto(TransferShape) {}
class TransfersQuery extends createZodDto(
  z.strictObject({
    ...PageQuery,
    direction: z.enum(['in', 'out']).optional(),
    state: z.enum(['open', 'accepted', 'declined', 'withdrawn', 'lapsed']).optional(),
  }),
) {}

/** Offers made by the caller's member or to it, newest first. */
@Controller('transfers')
export class TransfersQueriesController {
  constructor(private readonly reader: Reader) {}

  @Get()
  @Requires()
  @ZodResponse({ type: TransferPage })
  list(@CurrentCaller() caller: Caller, @Query() { limit, cursor, direction, state }: TransfersQuery) {
    return this.reader.read(caller, async (view) => {
      const where = [`r.body ->> 'kind' = 'transfer'`];
      const values: unknown[] = [];
      if (direction !== undefined) where.push(`'${direction === 'in' ? 'receiver' : 'sender'}' = ANY(s.roles)`);
      if (state !== undefined) {
        where.push(`r.body ->> 'state' = ?`);
        values.push(state === 'lapsed' ? 'open' : state);
      }
      if (state === 'open' || state === 'lapsed') {
        where.push(`r.body ->> 'until' ${state === 'open' ? '>' : '<='} ?`);
        values.push(view.now);
      }
      const page = { name: `transfers/${direction ?? ''}/${state ?? ''}`, limit, cursor, descending: true };
      const { rows, nextCursor } = await view.page<'Order', TransferOpening>('Order', { where, values }, page);
      return { items: await presentTransfers(view, rows as SeenTransfer[]), nextCursor };
    });
  }

  @Get(':id')
  @Requires()
  @ZodResponse({ type: TransferDetail })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.reader.read(caller, async (view) => {
      const row = await view.one<'Order', TransferOpening>('Order', id);
      const [shown] = row.record.kind === 'transfer' ? await presentTransfers(view, [row as SeenTransfer]) : [];
      if (shown === undefined) throw new ProblemError('NOT_FOUND');
      return shown;
    });
  }
}
