import { Body, Controller, Param, Post } from '@nestjs/common';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { ReasonField } from '../operations/form-fields';
import { OperationDto } from '../operations/operation.dto';
import { PrepareCommand } from '../settlements/prepare.command';
import { AnswerCommand } from './answer.command';
import { IssueCommand } from './issue.command';
import { IssueForm, SettlementForm } from './issue.form';

class IssueDto extends createZodDto(IssueForm as unknown as z.ZodObject) {}
class DeclineDto extends createZodDto(z.strictObject({ reason: ReasonField })) {}
class SettlementDto extends createZodDto(SettlementForm) {}
class EmptyDto extends createZodDto(z.strictObject({})) {}

/** What members do to certificates; each answers the operation that they then sign. */
@Controller('certificates')
export class CertificateCommandsController {
  constructor(
    private readonly issuing: IssueCommand,
    private readonly answering: AnswerCommand,
    private readonly preparing: PrepareCommand,
  ) {}

  @Post()
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  issue(@CurrentCaller() caller: Caller, @Body() body: IssueDto) {
    // A class cannot extend a union; the pipe has parsed the body by that union's schema.
    const form = body as unknown as z.output<typeof IssueForm>;
    return 'certificates' in form
      ? this.issuing.run(caller, form.certificates, (index) => `certificates.${String(index)}.`)
      : this.issuing.run(caller, [form], () => '');
  }

  @Post(':id/acceptance')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  accept(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() _: EmptyDto) {
    return this.answering.accept(caller, id);
  }

  @Post(':id/refusal')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  decline(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() { reason }: DeclineDto) {
    return this.answering.decline(caller, id, reason);
  }

  @Post(':id/withdrawal')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  withdraw(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() _: EmptyDto) {
    return this.answering.withdraw(caller, id);
  }

  @Post(':id/settlements')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  settle(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() { amount }: SettlementDto) {
    return this.preparing.run(caller, id, amount);
  }
}
