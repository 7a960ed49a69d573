import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { Money } from '@tallystick/protocol';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { WithoutIdempotency } from '../idempotency/without-idempotency';
import { NoteField, ReasonField } from '../operations/form-fields';
import { OperationDto } from '../operations/operation.dto';
import { AgreementCommands } from './agreement.commands';
import { ApplyCommand } from './apply.command';
import { ApplyForm, ApprovalForm, QuoteForm } from './financing.forms';
import { QuoteCommands } from './quote.commands';

class ApplyDto extends createZodDto(ApplyForm) {}
class QuoteDto extends createZodDto(QuoteForm) {}
class ApprovalDto extends createZodDto(ApprovalForm) {}
class ReasonDto extends createZodDto(z.strictObject({ reason: ReasonField })) {}
class WithdrawDto extends createZodDto(z.strictObject({ reason: NoteField })) {}
class EmptyDto extends createZodDto(z.strictObject({})) {}
class PreviewDto extends createZodDto(
  z.strictObject({
    amount: Money,
    days: z.int(),
    valueDate: z.string(),
    endDate: z.string(),
    interest: Money,
    fees: z.array(z.strictObject({ name: z.string(), payee: z.string(), amount: Money })),
    net: Money,
    apr: z.string(),
    validUntil: z.string(),
  }),
) {}

/** What owners and banks do in a financing; each answers the operation that they then sign. */
@Controller()
export class FinancingCommandsController {
  constructor(
    private readonly applying: ApplyCommand,
    private readonly quoting: QuoteCommands,
    private readonly agreeing: AgreementCommands,
  ) {}

  @Post('holdings/:id/financings')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  apply(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() form: ApplyDto) {
    return this.applying.apply(caller, id, form);
  }

  @Post('financings/:id/quotes/preview')
  @HttpCode(200)
  @WithoutIdempotency()
  @Requires('maker', 'checker', 'risk')
  @ZodResponse({ type: PreviewDto, status: 200 })
  preview(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() form: QuoteDto) {
    return this.quoting.preview(caller, id, form);
  }

  @Post('financings/:id/quotes')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  quote(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() form: QuoteDto) {
    return this.quoting.quote(caller, id, form);
  }

  @Post('financings/:id/quotes/:quoteId/acceptance')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  acceptQuote(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Param('quoteId') quoteId: string,
    @Body() _: EmptyDto,
  ) {
    return this.quoting.accept(caller, id, quoteId);
  }

  @Post('financings/:id/quotes/:quoteId/withdrawal')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  withdrawQuote(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Param('quoteId') quoteId: string,
    @Body() _: EmptyDto,
  ) {
    return this.quoting.withdraw(caller, id, quoteId);
  }

  @Post('financings/:id/invitation-refusal')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  refuse(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() { reason }: ReasonDto) {
    return this.quoting.refuse(caller, id, reason);
  }

  @Post('financings/:id/approval')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  approve(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() form: ApprovalDto) {
    return this.agreeing.approve(caller, id, form);
  }

  @Post('financings/:id/signature')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  sign(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() _: EmptyDto) {
    return this.agreeing.sign(caller, id);
  }

  @Post('financings/:id/disbursement')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  disburse(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() _: EmptyDto) {
    return this.agreeing.disburse(caller, id);
  }

  @Post('financings/:id/withdrawal')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  withdraw(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() { reason }: WithdrawDto) {
    return this.applying.withdraw(caller, id, reason);
  }

  @Post('financings/:id/rejection')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  reject(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() { reason }: ReasonDto) {
    return this.agreeing.reject(caller, id, reason);
  }
}
