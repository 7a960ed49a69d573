import { Injectable } from '@nestjs/common';
import { deriveId } from '@tallystick/crypto';
import {
  addBusinessDays,
  blackoutFrom,
  decideApply,
  decideInvite,
  decideWithdrawApplication,
  earlierOf,
  endOfDay,
  sizeFen,
} from '@tallystick/domain';
import type { MemberRecord, StepDraft } from '@tallystick/protocol';
import type { Caller } from '../auth/caller';
import { authorOf, recordsSeen } from '../operations/drafting';
import { unwrapAt, unwrapFor } from '../operations/form-fields';
import { fenOf, moneyOf } from '../operations/money';
import { NetworkFacts, type Facts } from '../operations/network-facts';
import { OperationsService } from '../operations/operations.service';
import { Views, type SeenHolding } from '../operations/views';
import { RefusedError, unwrap } from '../problem/problem.error';
import { about, seen } from '../transfers/transfer.commands';
import type { ApplyForm } from './financing.forms';

/** 融资申请: the owner locks a piece and shows its application to banks, one by one. */
@Injectable()
export class ApplyCommand {
  constructor(
    private readonly operations: OperationsService,
    private readonly views: Views,
    private readonly network: NetworkFacts,
  ) {}

  /** @throws RefusedError RECORD_NOT_FOUND, BAD_INPUT (a bank twice), and as the domain's `decideApply` and `decideInvite` */
  async apply(caller: Caller, id: string, form: ApplyForm) {
    const facts = await this.network.at(caller.org);
    const holding = await this.views.holding(caller, facts, id);
    const amountFen = fenOf(form.amount);
    const openUntil = openUntilOf(form, facts, holding);
    const command = { caller: caller.member, amountFen, openUntil };
    unwrapFor(decideApply(holding.view, command, holding.context), (field) =>
      field.replace(/^pieces\.0\.amountFen$/u, 'amount'),
    );
    const banks = await this.banks(caller, form, facts, openUntil);
    return this.operations.create(caller, {
      kind: 'financing.apply',
      deadline: openUntil,
      amountFen,
      summary: {
        amount: moneyOf(amountFen),
        ...(banks.length === 1 && banks[0] && { counterparty: await this.views.party(caller.org, banks[0].id) }),
        ...about(holding, 'holding', id),
      },
      form: { ...form },
      steps: this.steps(caller, form, { facts, holding, banks, openUntil, amountFen }),
    });
  }

  /** Takes an application back before a quote is accepted. @throws RefusedError as the domain's `decideWithdrawApplication` */
  async withdraw(caller: Caller, id: string, reason: string) {
    const facts = await this.network.at(caller.org);
    const { order, view, piece } = await this.views.financing(caller, facts, id);
    unwrap(decideWithdrawApplication(view, caller.member));
    return this.operations.create(caller, {
      kind: 'financing.withdraw',
      deadline: null,
      amountFen: sizeFen(piece.view),
      summary: { amount: moneyOf(sizeFen(piece.view)), ...about(piece, 'financing', id) },
      form: { reason },
      steps: [
        {
          contract: 'financing',
          fn: 'withdraw',
          author: authorOf(facts, caller.member, piece.certificate.record.public.rulePack),
          records: recordsSeen(['Order', order, id]),
          known: {},
          input: { order: id, reason },
        },
      ],
    });
  }

  private async banks(caller: Caller, form: ApplyForm, facts: Facts, openUntil: string): Promise<MemberRecord[]> {
    const order = { state: 'open' as const, owner: caller.member, openUntil, decideBy: null, bank: null };
    const banks: MemberRecord[] = [];
    for (const [index, id] of form.banks.entries()) {
      const field = `banks.${String(index)}`;
      const bank = await this.views.member(caller.org, id, field);
      unwrapAt(decideInvite(order, caller.member, bank, facts.now), field);
      if (banks.some((each) => each.id === id)) throw new RefusedError({ code: 'BAD_INPUT', details: {}, field });
      banks.push(bank);
    }
    return banks;
  }

  private steps(
    caller: Caller,
    form: ApplyForm,
    {
      facts,
      holding,
      banks,
      openUntil,
      amountFen,
    }: { facts: Facts; holding: SeenHolding; banks: MemberRecord[]; openUntil: string; amountFen: bigint },
  ): StepDraft[] {
    const { rulePack } = holding.certificate.record.public;
    const author = authorOf(facts, caller.member, rulePack);
    const order = deriveId({ member: caller.member, instructionId: author.instructionId, index: 0 });
    const { recourse, interestBearer, note } = form;
    const application = { applicant: caller.member, amountFen: String(amountFen), recourse, interestBearer, note };
    const apply: StepDraft = {
      contract: 'financing',
      fn: 'apply',
      author,
      ...seen(holding),
      input: { holding: holding.opening, application, openUntil },
    };
    const invites = banks.map(({ id, host }): StepDraft => ({
      contract: 'financing',
      fn: 'invite',
      author: authorOf(facts, caller.member, rulePack),
      records: {},
      known: {},
      input: { order, bank: id, bankHost: host },
    }));
    return [apply, ...invites];
  }
}

/** As the form says; else as long as a quote lives, and never into the blackout. */
function openUntilOf({ openUntil }: ApplyForm, { today, rules }: Facts, { certificate, context }: SeenHolding): string {
  if (openUntil !== undefined) return endOfDay(openUntil);
  const end = endOfDay(addBusinessDays(rules.calendar, today, rules.quoteValidBusinessDays).date);
  return earlierOf(end, blackoutFrom(certificate.record.public.dueDate, context.rules));
}
