import { Body, Controller, Param, Post } from '@nestjs/common';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { NoteField, ReasonField } from '../operations/form-fields';
import { OperationDto } from '../operations/operation.dto';
import { OfferForm, TransferCommands } from './transfer.commands';

class OfferDto extends createZodDto(OfferForm) {}
class DeclineDto extends createZodDto(z.strictObject({ reason: ReasonField })) {}
class WithdrawDto extends createZodDto(z.strictObject({ reason: NoteField })) {}
class EmptyDto extends createZodDto(z.strictObject({})) {}

@Controller()
export class TransferCommandsController {
  constructor(private readonly transfers: TransferCommands) {}

  @Post('holdings/:id/transfers')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  offer(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() form: OfferDto) {
    return this.transfers.offer(caller, id, form);
  }

  @Post('transfers/:id/acceptance')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  accept(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() _: EmptyDto) {
    return this.transfers.accept(caller, id);
  }

  @Post('transfers/:id/refusal')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  decline(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() { reason }: DeclineDto) {
    return this.transfers.decline(caller, id, reason);
  }

  @Post('transfers/:id/withdrawal')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  withdraw(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() { reason }: WithdrawDto) {
    return this.transfers.withdraw(caller, id, reason);
  }
}
