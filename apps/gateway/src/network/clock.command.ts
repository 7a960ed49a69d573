import { Body, Controller, Injectable, Post } from '@nestjs/common';
import { instantAt } from '@tallystick/domain';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Requires } from '../auth/access';
import { CurrentCaller, type Caller } from '../auth/caller';
import { Book } from '../operations/book';
import { authorOf } from '../operations/drafting';
import { DateField } from '../operations/form-fields';
import { NetworkFacts } from '../operations/network-facts';
import { OperationDto } from '../operations/operation.dto';
import { OperationsService } from '../operations/operations.service';
import { ProblemError, RefusedError } from '../problem/problem.error';

/** Business opens at this time of the day that the clock is moved to. */
const OPENING = '09:00';

class ClockDto extends createZodDto(z.strictObject({ date: DateField })) {}

/** On trial networks the operator moves business time forward, so that visitors see maturity. */
@Injectable()
export class ClockCommand {
  constructor(
    private readonly operations: OperationsService,
    private readonly book: Book,
    private readonly network: NetworkFacts,
  ) {}

  /** @throws ProblemError FORBIDDEN unless for the operator of a trial network; RefusedError BAD_INPUT unless it is forward */
  async run(caller: Caller, date: string) {
    const facts = await this.network.at(caller.org);
    const { trial, operator } = facts.genesis;
    if (!trial || operator.id !== caller.member) throw new ProblemError('FORBIDDEN');
    if (date <= facts.today) {
      throw new RefusedError({ code: 'BAD_INPUT', details: { today: facts.today }, field: 'date' });
    }
    const offsetMs = Date.parse(instantAt(date, OPENING)) - Date.parse(facts.rawNow);
    const clock = await this.book.get(caller.org, 'Clock');
    if (offsetMs <= clock.offsetMs) throw new RefusedError({ code: 'BAD_INPUT', details: {}, field: 'date' });
    return this.operations.create(caller, {
      kind: 'network.moveClock',
      deadline: null,
      amountFen: 0n,
      summary: { subject: { type: 'network', id: facts.genesis.networkId } },
      form: { date },
      steps: [
        {
          contract: 'network',
          fn: 'moveClock',
          author: authorOf(facts, caller.member, facts.rules.id),
          records: {},
          known: {},
          input: { offsetMs },
        },
      ],
    });
  }
}

@Controller('network')
export class ClockController {
  constructor(private readonly clock: ClockCommand) {}

  @Post('clock')
  @Requires('maker')
  @ZodResponse({ type: OperationDto, status: 201 })
  move(@CurrentCaller() caller: Caller, @Body() { date }: ClockDto) {
    return this.clock.run(caller, date);
  }
}
