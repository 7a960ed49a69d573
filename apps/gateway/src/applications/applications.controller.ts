import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { AdmissionSignature, MemberKind, PartyRef } from '@tallystick/protocol';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Public, Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { OperationDto } from '../operations/operation.dto';
import { ApplicationForm } from './application.form';
import { ApplicationsService } from './applications.service';

class ApplicationDto extends createZodDto(ApplicationForm) {}
class ReceivedDto extends createZodDto(
  z.strictObject({ id: z.string(), state: z.literal('received'), admission: z.array(AdmissionSignature) }),
) {}
class TermsDto extends createZodDto(
  z.strictObject({
    networkId: z.string(),
    now: z.string(),
    soloLimitMaxFen: z.string(),
    hosts: z.array(
      z.strictObject({
        msp: z.string(),
        name: z.string(),
        authority: z.boolean(),
        serviceKey: z.strictObject({ keyId: z.string(), publicKey: z.string() }),
      }),
    ),
  }),
) {}
class ApplicationsDto extends createZodDto(
  z.strictObject({
    items: z.array(
      z.strictObject({
        id: z.string(),
        state: z.enum(['received', 'admitted']),
        member: PartyRef,
        kinds: z.array(MemberKind),
        host: z.string(),
        createdAt: z.string(),
      }),
    ),
    nextCursor: z.null(),
  }),
) {}
class EmptyDto extends createZodDto(z.strictObject({})) {}

/** Firms that ask to become members. */
@Controller('applications')
export class ApplicationsController {
  constructor(private readonly applications: ApplicationsService) {}

  @Get('terms')
  @Public()
  @ZodResponse({ type: TermsDto })
  terms() {
    return this.applications.terms();
  }

  @Post()
  @Public()
  @ZodResponse({ type: ReceivedDto, status: 201 })
  apply(@Body() form: ApplicationDto) {
    return this.applications.receive(form);
  }

  @Get()
  @Requires()
  @ZodResponse({ type: ApplicationsDto })
  list(@CurrentCaller() caller: Caller) {
    return this.applications.list(caller);
  }

  @Post(':id/admission')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  admit(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() _: EmptyDto) {
    return this.applications.admit(caller, id);
  }
}
