import { Controller, Get } from '@nestjs/common';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { Reader } from '../read-model/reader.service';
import { InboxItem, inboxOf } from './inbox.view';

class Inbox extends createZodDto(z.strictObject({ items: z.array(InboxItem).max(200), nextCursor: z.null() })) {}

/** What waits for the caller and its firm. */
@Controller('inbox')
export class InboxController {
  constructor(private readonly reader: Reader) {}

  @Get()
  @Requires()
  @ZodResponse({ type: Inbox })
  get(@CurrentCaller() caller: Caller) {
    return this.reader.read(caller, async (view) => ({ items: await inboxOf(view), nextCursor: null }));
  }
}
