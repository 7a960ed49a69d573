import { Body, Controller, Param, Post } from '@nestjs/common';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { OperationDto } from '../operations/operation.dto';
import { ChangeForm, GrantForm, LineCommands } from './line.commands';

class GrantDto extends createZodDto(GrantForm) {}
class ChangeDto extends createZodDto(ChangeForm) {}

@Controller('lines')
export class LineCommandsController {
  constructor(private readonly lines: LineCommands) {}

  @Post()
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  grant(@CurrentCaller() caller: Caller, @Body() form: GrantDto) {
    return this.lines.grant(caller, form);
  }

  @Post(':id/changes')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  change(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() form: ChangeDto) {
    return this.lines.change(caller, id, form);
  }
}
