import { Controller, Get, Param, Query } from '@nestjs/common';
import type { SettlementOpening } from '@tallystick/protocol';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { PageQuery } from '../paging/cursor';
import { ProblemError } from '../problem/problem.error';
import { Reader } from '../read-model/reader.service';
import { listOf } from '../read-model/shapes';
import { PaymentShape, presentPayments } from './payment.view';
import {
  outgoing,
  presentLines,
  presentSettlements,
  SettlementDetailShape,
  SettlementShape,
  type SeenSettlement,
} from './settlement.view';

class SettlementPage extends createZodDto(listOf(SettlementShape)) {}
class SettlementDetail extends createZodDto(SettlementDetailShape) {}
class SettlementsQuery extends createZodDto(
  z.strictObject({
    ...PageQuery,
    state: z.enum(['prepared', 'funded', 'allocated', 'closed']).optional(),
    certificate: z.string().max(64).optional(),
  }),
) {}
class Payments extends createZodDto(z.strictObject({ items: z.array(PaymentShape), nextCursor: z.null() })) {}
class PaymentsQuery extends createZodDto(z.strictObject({ direction: z.enum(['in', 'out']).optional() })) {}

const MOST_OUTGOING = 200;

/** Payments of issuers on certificates, for the issuer and its paying bank, newest first. */
@Controller('settlements')
export class SettlementsQueriesController {
  constructor(private readonly reader: Reader) {}

  @Get()
  @Requires()
  @ZodResponse({ type: SettlementPage })
  list(@CurrentCaller() caller: Caller, @Query() { limit, cursor, state, certificate }: SettlementsQuery) {
    return this.reader.read(caller, async (view) => {
      const where = [`r.body ->> 'kind' = 'settlement'`];
      const values: unknown[] = [];
      if (state !== undefined) {
        where.push(`r.body ->> 'state' = ?`);
        values.push(state);
      }
      if (certificate !== undefined) {
        where.push('s.scope = ?');
        values.push(certificate);
      }
      const page = { name: `settlements/${state ?? ''}/${certificate ?? ''}`, limit, cursor, descending: true };
      const { rows, nextCursor } = await view.page<'Order', SettlementOpening>('Order', { where, values }, page);
      return { items: await presentSettlements(view, rows as SeenSettlement[]), nextCursor };
    });
  }

  @Get(':id')
  @Requires()
  @ZodResponse({ type: SettlementDetail })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.reader.read(caller, async (view) => {
      const row = await view.one<'Order', SettlementOpening>('Order', id);
      const [shown] = row.record.kind === 'settlement' ? await presentSettlements(view, [row as SeenSettlement]) : [];
      if (shown === undefined) throw new ProblemError('NOT_FOUND');
      return { ...shown, lines: await presentLines(view, id) };
    });
  }
}

/** Money received by the caller's member, and paid by it. */
@Controller('payments')
export class PaymentsQueriesController {
  constructor(private readonly reader: Reader) {}

  @Get()
  @Requires()
  @ZodResponse({ type: Payments })
  list(@CurrentCaller() caller: Caller, @Query() { direction }: PaymentsQuery) {
    return this.reader.read(caller, async (view) => {
      const received = direction === 'out' ? [] : await presentPayments(view, { where: [], values: [] });
      const where = [`r.body ->> 'kind' = 'settlement'`, `'issuer' = ANY(s.roles)`, `r.body ->> 'state' <> 'prepared'`];
      const made =
        direction === 'in'
          ? []
          : await view.all<'Order', SettlementOpening>('Order', { where, values: [] }, MOST_OUTGOING);
      const paid = await presentSettlements(view, made as SeenSettlement[]);
      return { items: [...received, ...paid.map(outgoing)], nextCursor: null };
    });
  }
}
