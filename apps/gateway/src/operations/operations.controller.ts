import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { OperationSchema, OperationState, SignatureForm } from '@tallystick/protocol';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { WithoutIdempotency } from '../idempotency/without-idempotency';
import { PageQuery } from '../paging/cursor';
import { OperationDto } from './operation.dto';
import { OperationsList } from './operations.list';
import { OperationsService } from './operations.service';
import { OperationsWait } from './operations.wait';
import { SigningService } from './signing.service';
import { VoidCommand } from './void.command';

class OperationPageDto extends createZodDto(
  z.strictObject({ items: z.array(OperationSchema).max(100), nextCursor: z.string().nullable() }),
) {}
class OperationsQuery extends createZodDto(
  z.strictObject({ ...PageQuery, state: OperationState.optional(), mine: z.enum(['true', 'false']).optional() }),
) {}
class SignatureDto extends createZodDto(SignatureForm) {}
class ReasonDto extends createZodDto(z.strictObject({ reason: z.string().trim().min(1).max(500) })) {}

/** What became of commands, and the signatures that set them going. */
@Controller('operations')
export class OperationsController {
  constructor(
    private readonly operations: OperationsService,
    private readonly list: OperationsList,
    private readonly signing: SigningService,
    private readonly wait: OperationsWait,
    private readonly voiding: VoidCommand,
  ) {}

  @Get()
  @Requires()
  @ZodResponse({ type: OperationPageDto })
  page(@CurrentCaller() caller: Caller, @Query() query: OperationsQuery) {
    return this.list.page(caller, query);
  }

  @Get(':id')
  @Requires()
  @ZodResponse({ type: OperationDto })
  get(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.operations.get(caller, id);
  }

  /** Signing is its own repetition guard: each person signs once, and the same signature again changes nothing. */
  @Post(':id/signatures')
  @HttpCode(200)
  @WithoutIdempotency()
  @Requires('maker', 'checker', 'risk')
  @ZodResponse({ type: OperationDto, status: 200 })
  async sign(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() form: SignatureDto,
    @Headers('prefer') prefer?: string,
  ) {
    await this.signing.sign(caller, id, form);
    await this.wait.untilFinal(caller, id, prefer);
    return this.operations.get(caller, id);
  }

  @Post(':id/return')
  @HttpCode(200)
  @Requires('checker', 'risk')
  @ZodResponse({ type: OperationDto, status: 200 })
  return(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() { reason }: ReasonDto) {
    return this.operations.return(caller, id, reason);
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  @Requires('maker', 'checker', 'admin')
  @ZodResponse({ type: OperationDto, status: 200 })
  cancel(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.operations.cancel(caller, id);
  }

  /** Drafts the instruction that voids what this operation has on its way. */
  @Post(':id/voiding')
  @Requires('maker', 'checker')
  @ZodResponse({ type: OperationDto, status: 201 })
  void(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.voiding.run(caller, id);
  }
}
