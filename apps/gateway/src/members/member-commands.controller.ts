import { Body, Controller, Param, Post } from '@nestjs/common';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { OperationDto } from '../operations/operation.dto';
import { AddKeyForm, MemberCommands, RevokeKeyForm, SoloLimitForm, StatusForm } from './member.commands';

class StatusDto extends createZodDto(StatusForm) {}
class SoloLimitDto extends createZodDto(SoloLimitForm) {}
class AddKeyDto extends createZodDto(AddKeyForm) {}
class RevokeKeyDto extends createZodDto(RevokeKeyForm) {}

@Controller('members')
export class MemberCommandsController {
  constructor(private readonly members: MemberCommands) {}

  @Post('me/solo-limit')
  @Requires('maker', 'admin')
  @ZodResponse({ type: OperationDto, status: 201 })
  setSoloLimit(@CurrentCaller() caller: Caller, @Body() form: SoloLimitDto) {
    return this.members.setSoloLimit(caller, form);
  }

  @Post('me/keys')
  @Requires('maker', 'admin')
  @ZodResponse({ type: OperationDto, status: 201 })
  addKey(@CurrentCaller() caller: Caller, @Body() form: AddKeyDto) {
    return this.members.addKey(caller, form);
  }

  @Post(':id/status')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  setStatus(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() form: StatusDto) {
    return this.members.setStatus(caller, id, form);
  }

  @Post(':id/key-revocations')
  @Requires('maker', 'admin')
  @ZodResponse({ type: OperationDto, status: 201 })
  revokeKey(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() form: RevokeKeyDto) {
    return this.members.revokeKey(caller, id, form);
  }
}
