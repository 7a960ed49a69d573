import { Controller, Get } from '@nestjs/common';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { Reader } from '../read-model/reader.service';
import { OversightShape, oversee } from './oversight.view';

class OversightDto extends createZodDto(OversightShape) {}

/** What a regulator watches. It reads; there is nothing that it could move. */
@Controller('oversight')
export class OversightController {
  constructor(private readonly reader: Reader) {}

  @Get()
  @Requires()
  @ZodResponse({ type: OversightDto })
  get(@CurrentCaller() caller: Caller) {
    return this.reader.read(caller, oversee);
  }
}
