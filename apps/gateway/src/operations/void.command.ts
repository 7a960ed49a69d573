import { Injectable } from '@nestjs/common';
import type { Caller } from '../auth/caller';
import { RefusedError } from '../problem/problem.error';
import { authorOf } from './drafting';
import { NetworkFacts } from './network-facts';
import { OperationsService } from './operations.service';
import { voidable } from './voidable';

/** Ends what a member has signed and whose outcome nobody knows: voiding and instruction race for one key, and one wins. */
@Injectable()
export class VoidCommand {
  constructor(
    private readonly operations: OperationsService,
    private readonly network: NetworkFacts,
  ) {}

  /** @throws RefusedError RECORD_NOT_FOUND, ORDER_STATE */
  async run(caller: Caller, id: string) {
    const whole = await this.operations.load(caller, id);
    const found = voidable(whole);
    if ('code' in found) throw new RefusedError(found);
    const facts = await this.network.at(caller.org);
    const { amount, counterparty, certificateNo } = whole.row.summary;
    return this.operations.create(caller, {
      kind: 'instruction.void',
      deadline: null,
      amountFen: 0n,
      summary: {
        ...(amount !== undefined && { amount }),
        ...(counterparty !== undefined && { counterparty }),
        ...(certificateNo !== undefined && { certificateNo }),
        subject: { type: 'operation', id },
      },
      form: { operation: id },
      steps: [
        {
          contract: 'instruction',
          fn: 'voidInstruction',
          author: authorOf(facts, caller.member, facts.rules.id),
          records: {},
          known: {},
          input: { id: found.id },
        },
      ],
    });
  }
}
