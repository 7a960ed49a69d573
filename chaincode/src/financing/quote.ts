import { hashTerms } from '@tallystick/crypto';
import { decideAcceptQuote, decideQuote, decideWithdrawQuote, sizeFen, type QuoteTermsView } from '@tallystick/domain';
import {
  netCommitment,
  quoteOpenings,
  type HoldingContext,
  type InvitationContext,
  type QuoteRecord,
  type QuoteTerms,
} from '@tallystick/protocol';
import type { z } from 'zod';
import type { Call } from '../authorisation/call';
import type { Effects } from '../contract/finish';
import { requireNamed } from '../contract/require-named';
import { openTo } from '../holding/proven-holding';
import { allowed, provenOpening, Refused } from '../refusal/refused';
import { allOfPolicy } from '../state/key-policy';
import { openToDeal, provenInvitation } from './invitation';
import { provenFinancing } from './proven-financing';

type Invited = z.infer<typeof InvitationContext>;

/** A price as the rules compute it: amounts in fen. */
export function quoteTermsView(terms: QuoteTerms): QuoteTermsView {
  const { amountFen, interestFen, netFen, fees } = terms;
  return {
    ...terms,
    amountFen: BigInt(amountFen),
    interestFen: BigInt(interestFen),
    netFen: BigInt(netFen),
    fees: fees.map((fee) => ({ ...fee, fen: BigInt(fee.fen) })),
  };
}

/**
 * `financing.quote`: the whole price, each figure computed again. A better one is a new quote.
 * @throws Refused as `decideQuote`; BAD_INPUT, OPENING_MISMATCH
 */
export async function quote(call: Call<'financing.quote', Invited>): Promise<Effects> {
  const { state, body, secret, member, context, now, rules, genesis, signed } = call;
  const { order, piece, invitation, bank, view } = await provenInvitation(call, body.invitation);
  requireNamed('instruction.body.order', body.order, order.id);
  requireNamed('instruction.body.quote', body.quote, call.newId(0));
  const { application } = context.invitation;
  const { terms, termsSalt, netSalt } = secret;
  allowed(
    decideQuote(quoteTermsView(terms), member.id, body.validUntil, {
      order: view,
      application: { ...application, amountFen: BigInt(application.amountFen) },
      invitedBank: invitation.state === 'open' ? bank : null,
      dueDate: piece.certificate.public.dueDate,
      now,
      rules,
    }),
  );
  const opens =
    hashTerms(termsSalt, terms) === body.terms && netCommitment(body.quote, BigInt(terms.netFen), netSalt) === body.net;
  provenOpening(opens, 'Quote', body.quote);

  const record: QuoteRecord = {
    schema: 1,
    id: body.quote,
    order: order.id,
    invitation: invitation.id,
    bankHost: invitation.bankHost,
    terms: body.terms,
    net: body.net,
    validUntil: body.validUntil,
    state: 'open',
  };
  await state.create('Quote', [record.id], record, allOfPolicy(genesis, invitation.ownerHost, invitation.bankHost));
  return {
    ids: [record.id],
    openings: openToDeal(invitation, quoteOpenings(signed)),
    amountsFen: [BigInt(terms.amountFen)],
  };
}

/** `financing.withdrawQuote`: the bank takes its price back, until it is accepted. @throws Refused as `decideWithdrawQuote`; QUOTE_STATE once accepted */
export async function withdrawQuote(call: Call<'financing.withdrawQuote', Invited>): Promise<Effects> {
  const { state, body, member } = call;
  const { order, invitation, bank } = await provenInvitation(call, body.invitation);
  const record = await state.get('Quote', body.quote);
  requireNamed('instruction.body.invitation', body.invitation, record.invitation);
  const next = allowed(decideWithdrawQuote({ ...record, bank }, member.id));
  if (order.quote === record.id) throw new Refused('QUOTE_STATE', { state: 'accepted' });
  await state.update('Quote', [record.id], { ...record, state: next });
  return { ids: [record.id], openings: openToDeal(invitation, {}) };
}

/**
 * `financing.acceptQuote`: exactly one quote wins. Only the public quote is read, so the price stays with owner and bank.
 * @throws Refused as `decideAcceptQuote`; BAD_INPUT
 */
export async function acceptQuote(
  call: Call<'financing.acceptQuote', z.infer<typeof HoldingContext>>,
): Promise<Effects> {
  const { state, body, member, now, rules } = call;
  const { order, piece, view } = await provenFinancing(call, body.order);
  const chosen = await state.get('Quote', body.quote);
  if (chosen.order !== order.id) throw new Refused('RECORD_NOT_FOUND', { record: 'Quote', id: body.quote });
  requireNamed('instruction.body.net', body.net, chosen.net);
  requireNamed('instruction.body.bankHost', body.bankHost, chosen.bankHost);
  const { dueDate } = piece.certificate.public;
  const agreed = allowed(decideAcceptQuote(view, chosen, member.id, { dueDate, now, rules }));
  await state.update('Order', [order.id], {
    ...order,
    state: agreed.state,
    quote: chosen.id,
    net: chosen.net,
    bankHost: chosen.bankHost,
    decideBy: agreed.decideBy,
  });
  return { ids: [order.id], openings: openTo(piece.parties, {}), amountsFen: [sizeFen(piece.view)] };
}
