import { Controller, Get, Param, Query } from '@nestjs/common';
import type { LineOpening } from '@tallystick/protocol';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { PageQuery } from '../paging/cursor';
import { ProblemError } from '../problem/problem.error';
import { Reader } from '../read-model/reader.service';
import { listOf } from '../read-model/shapes';
import { LineShape, presentLines } from './line.view';

class LinePage extends createZodDto(listOf(LineShape)) {}
class LineDetail extends createZodDto(LineShape) {}
class LinesQuery extends createZodDto(z.strictObject(PageQuery)) {}

/** Credit lines that the caller's member granted or may draw. */
@Controller('lines')
export class LinesQueriesController {
  constructor(private readonly reader: Reader) {}

  @Get()
  @Requires()
  @ZodResponse({ type: LinePage })
  list(@CurrentCaller() caller: Caller, @Query() { limit, cursor }: LinesQuery) {
    return this.reader.read(caller, async (view) => {
      const page = { name: 'lines', limit, cursor, descending: true };
      const { rows, nextCursor } = await view.page<'Line', LineOpening>('Line', { where: [], values: [] }, page);
      return { items: await presentLines(view, rows), nextCursor };
    });
  }

  @Get(':id')
  @Requires()
  @ZodResponse({ type: LineDetail })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.reader.read(caller, async (view) => {
      const [shown] = await presentLines(view, [await view.one<'Line', LineOpening>('Line', id)]);
      if (shown === undefined) throw new ProblemError('NOT_FOUND');
      return shown;
    });
  }
}
