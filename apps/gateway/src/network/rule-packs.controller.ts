import { Body, Controller, Get, Post } from '@nestjs/common';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { OperationDto } from '../operations/operation.dto';
import { PublishForm, RulePackCommand } from './rule-pack.command';

class PublishDto extends createZodDto(PublishForm) {}
class RulePacks extends createZodDto(
  z.strictObject({
    items: z.array(z.strictObject({ from: z.string(), rules: z.record(z.string(), z.unknown()) })),
    nextCursor: z.null(),
  }),
) {}

@Controller('network/rule-packs')
export class RulePacksController {
  constructor(private readonly packs: RulePackCommand) {}

  /** Every rule pack published so far, also those that are not in force yet. */
  @Get()
  @Requires()
  @ZodResponse({ type: RulePacks })
  async list(@CurrentCaller() caller: Caller) {
    return { items: await this.packs.published(caller.org), nextCursor: null };
  }

  @Post()
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  publish(@CurrentCaller() caller: Caller, @Body() form: PublishDto) {
    return this.packs.run(caller, form);
  }
}
