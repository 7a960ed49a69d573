import { Injectable } from '@nestjs/common';
import {
  addBusinessDays,
  agreementDeadline,
  decideApprove,
  decideDisburse,
  decideReject,
  decideSign,
  earlierOf,
  endOfDay,
  sizeFen,
  type RefusalDetail,
} from '@tallystick/domain';
import type { StepDraft } from '@tallystick/protocol';
import type { Caller } from '../auth/caller';
import { Book } from '../operations/book';
import { authorOf, recordsSeen } from '../operations/drafting';
import { moneyOf } from '../operations/money';
import { NetworkFacts } from '../operations/network-facts';
import { OperationsService } from '../operations/operations.service';
import { Views } from '../operations/views';
import { RefusedError, unwrap } from '../problem/problem.error';
import { about, seen } from '../transfers/transfer.commands';
import { agreementHash, agreementText } from './agreement-document';
import type { ApprovalForm } from './financing.forms';

/** From the chosen quote to the money: approval, agreement signed in order, disbursement. */
@Injectable()
export class AgreementCommands {
  constructor(
    private readonly operations: OperationsService,
    private readonly book: Book,
    private readonly views: Views,
    private readonly network: NetworkFacts,
  ) {}

  /** @throws RefusedError RECORD_NOT_FOUND, OPENING_MISMATCH for a piece that is not proven here, and as the domain's `decideApprove` */
  async approve(caller: Caller, id: string, { checklist }: ApprovalForm) {
    const deal = await this.deal(caller, id);
    await this.book.requireProven(caller.org, deal.piece.record);
    const { facts, order, view, agreement, text } = deal;
    const { rules } = deal.piece.context;
    const { dueDate } = deal.piece.certificate.record.public;
    const { calendar, decideBusinessDays } = rules;
    const usual = endOfDay(addBusinessDays(calendar, facts.today, decideBusinessDays).date);
    const validUntil = earlierOf(usual, agreementDeadline(dueDate, rules));
    const command = { caller: caller.member, checklist, validUntil };
    unwrap(decideApprove(view, agreement, command, { dueDate, now: facts.now, rules }));
    const document = agreementHash(text);
    return this.save(caller, deal, 'approve', {
      deadline: order.decideBy,
      counterparty: view.owner,
      form: { checklist, document: text },
      records: recordsSeen(['Order', order, id]),
      input: { order: id, quote: order.quote ?? '', document, checklist, validUntil },
    });
  }

  /**
   * Signs the agreement: the owner first, the bank second.
   * @throws RefusedError RECORD_NOT_FOUND, as the domain's `decideSign`, OPENING_MISMATCH when the text is not what was approved
   */
  async sign(caller: Caller, id: string) {
    const deal = await this.deal(caller, id);
    const { facts, order, view, agreement, text } = deal;
    if (agreement === null) throw new RefusedError({ code: 'SIGNING_OUT_OF_ORDER', details: { state: 'none' } });
    const as = view.owner === caller.member ? 'owner' : 'bank';
    unwrap(decideSign(view, agreement, { caller: caller.member, as }, facts.now));
    if (agreementHash(text) !== agreement.document)
      throw new RefusedError({ code: 'OPENING_MISMATCH', details: { record: 'Agreement' } });
    return this.save(caller, deal, 'sign', {
      deadline: order.decideBy,
      counterparty: as === 'owner' ? (view.bank ?? '') : view.owner,
      form: { document: text },
      records: recordsSeen(['Order', order, id], ['Agreement', agreement, id]),
      input: { order: id, document: agreement.document, as },
    });
  }

  /**
   * 放款: the piece goes to the bank together with another bank's receipt of the payment, which is fetched once this is signed.
   * @throws RefusedError RECORD_NOT_FOUND, OPENING_MISMATCH for a piece that is not proven here, and as the domain's `decideDisburse`
   */
  async disburse(caller: Caller, id: string) {
    const deal = await this.deal(caller, id);
    await this.book.requireProven(caller.org, deal.piece.record);
    const { facts, order, view, agreement, piece } = deal;
    const owner = await this.views.member(caller.org, view.owner, 'owner');
    unwrap(
      decideDisburse(view, {
        caller: caller.member,
        orderId: id,
        net: order.net ?? '',
        agreement,
        // Whoever receipts comes later; here the question is whether anything else stands in the way.
        receipt: { by: owner, order: id, net: order.net ?? '' },
        piece: piece.view,
        certificateSettling: piece.certificate.view.settling,
        now: facts.now,
        rules: piece.context.rules,
      }),
    );
    const shown = seen(piece);
    return this.save(caller, deal, 'disburse', {
      deadline: agreement?.validUntil ?? null,
      counterparty: view.owner,
      form: { net: moneyOf(BigInt(deal.quote.terms.netFen)) },
      records: { ...shown.records, ...recordsSeen(['Order', order, id]) },
      known: shown.known,
      input: { order: id, piece: piece.opening },
    });
  }

  /** @throws RefusedError RECORD_NOT_FOUND, and as the domain's `decideReject` */
  async reject(caller: Caller, id: string, reason: string) {
    const deal = await this.deal(caller, id);
    const { order, view, agreement } = deal;
    unwrap(decideReject(view, agreement, caller.member));
    return this.save(caller, deal, 'reject', {
      deadline: null,
      counterparty: view.owner,
      form: { reason },
      records: recordsSeen(['Order', order, id]),
      input: { order: id, reason },
    });
  }

  /** An agreed financing with its price and the text of its agreement. */
  private async deal(caller: Caller, id: string) {
    const facts = await this.network.at(caller.org);
    const financing = await this.views.financing(caller, facts, id);
    const { order, view, piece } = financing;
    const details: Record<string, RefusalDetail> = { state: order.state };
    if (order.quote === null || view.bank === null) throw new RefusedError({ code: 'ORDER_STATE', details });
    const quote = await this.book.opening(caller.org, 'Quote', order.quote);
    const text = agreementText({
      order: id,
      certificate: piece.certificate.record.public,
      applicant: await this.views.party(caller.org, view.owner),
      bank: await this.views.party(caller.org, view.bank),
      quote,
    });
    return { facts, ...financing, quote, text };
  }

  private async save(
    caller: Caller,
    { facts, order, piece }: Awaited<ReturnType<AgreementCommands['deal']>>,
    fn: 'approve' | 'sign' | 'disburse' | 'reject',
    draft: {
      deadline: string | null;
      counterparty: string;
      form: Record<string, unknown>;
      records: Record<string, unknown>;
      input: Record<string, unknown>;
      known?: StepDraft['known'];
    },
  ) {
    const amountFen = sizeFen(piece.view);
    const { deadline, form, records, input, known = {} } = draft;
    return this.operations.create(caller, {
      kind: `financing.${fn}`,
      deadline,
      amountFen,
      summary: {
        amount: moneyOf(amountFen),
        counterparty: await this.views.party(caller.org, draft.counterparty),
        ...about(piece, 'financing', order.id),
      },
      form,
      steps: [
        {
          contract: 'financing',
          fn,
          author: authorOf(facts, caller.member, piece.certificate.record.public.rulePack),
          records,
          known,
          input,
        },
      ],
    });
  }
}
