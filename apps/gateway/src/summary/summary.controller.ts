import { Controller, Get } from '@nestjs/common';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { Reader } from '../read-model/reader.service';
import { summarise, SummaryShape } from './summary.view';

class SummaryDto extends createZodDto(SummaryShape) {}

/** The numbers on a member's first page. */
@Controller('summary')
export class SummaryController {
  constructor(private readonly reader: Reader) {}

  @Get()
  @Requires()
  @ZodResponse({ type: SummaryDto })
  get(@CurrentCaller() caller: Caller) {
    return this.reader.read(caller, summarise);
  }
}
