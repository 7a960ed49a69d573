import { Injectable } from '@nestjs/common';
import {
  decideAcceptQuote,
  decideOpen,
  decideQuote,
  decideWithdrawQuote,
  endOfDay,
  formatAmount,
  interestEndDate,
  priceFinancing,
  quoteDeadline,
} from '@tallystick/domain';
import type { QuoteTerms } from '@tallystick/protocol';
import type { Caller } from '../auth/caller';
import { Book } from '../operations/book';
import { authorOf, recordsSeen } from '../operations/drafting';
import { unwrapFor } from '../operations/form-fields';
import { fenOf, moneyOf } from '../operations/money';
import { NetworkFacts } from '../operations/network-facts';
import { OperationsService } from '../operations/operations.service';
import { Views } from '../operations/views';
import { RefusedError, unwrap } from '../problem/problem.error';
import { about } from '../transfers/transfer.commands';
import { ppmOf, type QuoteForm } from './financing.forms';

/** 报价: a bank names its price to the applicant alone, who chooses one. */
@Injectable()
export class QuoteCommands {
  constructor(
    private readonly operations: OperationsService,
    private readonly book: Book,
    private readonly views: Views,
    private readonly network: NetworkFacts,
  ) {}

  /** The whole price that a form leads to; nothing is kept. @throws RefusedError as the domain's `decideQuote` */
  async preview(caller: Caller, id: string, form: QuoteForm) {
    const { terms, validUntil } = await this.price(caller, id, form);
    return {
      amount: moneyOf(BigInt(terms.amountFen)),
      days: terms.days,
      valueDate: terms.valueDate,
      endDate: terms.endDate,
      interest: moneyOf(BigInt(terms.interestFen)),
      fees: terms.fees.map(({ name, payee, fen }) => ({ name, payee, amount: moneyOf(BigInt(fen)) })),
      net: moneyOf(BigInt(terms.netFen)),
      /** Percent a year. */
      apr: formatAmount((BigInt(terms.aprPpm) + 50n) / 100n),
      validUntil,
    };
  }

  /** @throws RefusedError RECORD_NOT_FOUND, and as the domain's `decideQuote` */
  async quote(caller: Caller, id: string, form: QuoteForm) {
    const { facts, financing, invitation, terms, validUntil } = await this.price(caller, id, form);
    const { piece } = financing;
    return this.operations.create(caller, {
      kind: 'financing.quote',
      deadline: validUntil,
      amountFen: BigInt(terms.amountFen),
      summary: {
        amount: moneyOf(BigInt(terms.amountFen)),
        counterparty: await this.views.party(caller.org, invitation.opening.application.applicant),
        ...about(piece, 'financing', id),
      },
      form: { ...form, net: moneyOf(BigInt(terms.netFen)) },
      steps: [
        {
          contract: 'financing',
          fn: 'quote',
          author: authorOf(facts, caller.member, piece.certificate.record.public.rulePack),
          records: recordsSeen(['Order', financing.order, id], ['Invitation', invitation.record, invitation.record.id]),
          known: {},
          input: { order: id, invitation: invitation.record.id, terms, validUntil },
        },
      ],
    });
  }

  /** @throws RefusedError RECORD_NOT_FOUND, and as the domain's `decideAcceptQuote` */
  async accept(caller: Caller, id: string, quoteId: string) {
    const facts = await this.network.at(caller.org);
    const { order, view, piece } = await this.views.financing(caller, facts, id);
    const quote = await this.quoteOf(caller, id, quoteId);
    const opening = await this.book.opening(caller.org, 'Quote', quoteId);
    const { dueDate, rulePack } = piece.certificate.record.public;
    const context = { dueDate, now: facts.now, rules: piece.context.rules };
    unwrap(decideAcceptQuote(view, quote, caller.member, context));
    return this.operations.create(caller, {
      kind: 'financing.acceptQuote',
      deadline: quote.validUntil,
      amountFen: BigInt(opening.terms.amountFen),
      summary: {
        amount: moneyOf(BigInt(opening.terms.amountFen)),
        counterparty: await this.views.party(caller.org, opening.bank),
        ...about(piece, 'financing', id),
      },
      form: { quote: quoteId, net: moneyOf(BigInt(opening.terms.netFen)) },
      steps: [
        {
          contract: 'financing',
          fn: 'acceptQuote',
          author: authorOf(facts, caller.member, rulePack),
          records: recordsSeen(['Order', order, id], ['Quote', quote, quoteId]),
          known: {},
          input: { order: id, quote: quoteId, net: quote.net, bankHost: quote.bankHost },
        },
      ],
    });
  }

  /** @throws RefusedError RECORD_NOT_FOUND, and as the domain's `decideWithdrawQuote` */
  async withdraw(caller: Caller, id: string, quoteId: string) {
    const facts = await this.network.at(caller.org);
    const { piece, order } = await this.views.financing(caller, facts, id);
    const quote = await this.quoteOf(caller, id, quoteId);
    const { bank, terms } = await this.book.opening(caller.org, 'Quote', quoteId);
    unwrap(decideWithdrawQuote({ state: quote.state, bank, validUntil: quote.validUntil }, caller.member));
    if (order.quote === quoteId) throw new RefusedError({ code: 'QUOTE_STATE', details: { state: 'accepted' } });
    return this.operations.create(caller, {
      kind: 'financing.withdrawQuote',
      deadline: null,
      amountFen: BigInt(terms.amountFen),
      summary: { amount: moneyOf(BigInt(terms.amountFen)), ...about(piece, 'financing', id) },
      form: { quote: quoteId },
      steps: [
        {
          contract: 'financing',
          fn: 'withdrawQuote',
          author: authorOf(facts, caller.member, piece.certificate.record.public.rulePack),
          records: recordsSeen(['Quote', quote, quoteId]),
          known: {},
          input: { quote: quoteId, invitation: quote.invitation },
        },
      ],
    });
  }

  /** An invited bank will not quote. @throws RefusedError RECORD_NOT_FOUND, as the domain's `decideOpen`, ORDER_STATE */
  async refuse(caller: Caller, id: string, reason: string) {
    const facts = await this.network.at(caller.org);
    const { view, piece } = await this.views.financing(caller, facts, id);
    const invitation = await this.views.invitation(caller, id);
    unwrap(decideOpen(view, facts.now));
    if (invitation.record.state !== 'open')
      throw new RefusedError({ code: 'ORDER_STATE', details: { state: invitation.record.state } });
    const { application } = invitation.opening;
    return this.operations.create(caller, {
      kind: 'financing.refuse',
      deadline: view.openUntil,
      amountFen: BigInt(application.amountFen),
      summary: {
        amount: moneyOf(BigInt(application.amountFen)),
        counterparty: await this.views.party(caller.org, application.applicant),
        ...about(piece, 'financing', id),
      },
      form: { reason },
      steps: [
        {
          contract: 'financing',
          fn: 'refuse',
          author: authorOf(facts, caller.member, piece.certificate.record.public.rulePack),
          records: recordsSeen(['Invitation', invitation.record, invitation.record.id]),
          known: {},
          input: { invitation: invitation.record.id, reason },
        },
      ],
    });
  }

  private async quoteOf(caller: Caller, order: string, id: string) {
    const quote = await this.book.seen(caller, 'Quote', id);
    if (quote.order !== order) throw new RefusedError({ code: 'RECORD_NOT_FOUND', details: { record: 'Quote' } });
    return quote;
  }

  private async price(caller: Caller, id: string, form: QuoteForm) {
    const facts = await this.network.at(caller.org);
    const financing = await this.views.financing(caller, facts, id);
    const invitation = await this.views.invitation(caller, id);
    const { certificate, context } = financing.piece;
    const { dueDate } = certificate.record.public;
    const { rules } = context;
    const { amountFen, recourse, interestBearer } = invitation.opening.application;
    const request = {
      amountFen: BigInt(amountFen),
      ratePpm: ppmOf(form.rate),
      basis: form.basis,
      valueDate: form.valueDate ?? facts.today,
      endDate: interestEndDate(dueDate, rules),
      fees: form.fees.map(({ name, payee, amount }) => ({ name, payee, fen: fenOf(amount) })),
      interestBearer,
    };
    const price = unwrapFor(priceFinancing(request), inForm);
    const figures = { recourse, days: price.days, interestFen: price.interestFen, netFen: price.netFen };
    const stated = { ...request, ...figures, aprPpm: Number(price.aprPpm) };
    const validUntil =
      form.validUntil === undefined ? quoteDeadline(dueDate, facts.now, rules) : endOfDay(form.validUntil);
    const application = { amountFen: request.amountFen, recourse, interestBearer };
    const invitedBank = invitation.record.state === 'open' ? invitation.opening.bank : null;
    const quoteContext = { order: financing.view, application, invitedBank, dueDate, now: facts.now, rules };
    unwrapFor(decideQuote(stated, caller.member, validUntil, quoteContext), inForm);
    const { ratePpm, basis, valueDate, endDate } = request;
    const terms: QuoteTerms = {
      ratePpm,
      basis,
      valueDate,
      endDate,
      days: price.days,
      amountFen,
      interestFen: String(price.interestFen),
      fees: request.fees.map(({ name, payee, fen }) => ({ name, payee, fen: String(fen) })),
      netFen: String(price.netFen),
      aprPpm: Number(price.aprPpm),
      recourse,
      interestBearer,
    };
    return { facts, financing, invitation, terms, validUntil };
  }
}

const inForm = (field: string): string => (field === 'ratePpm' ? 'rate' : field);
