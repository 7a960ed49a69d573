import { hashTerms } from '@tallystick/crypto';
import { decideApprove, decideReject, decideSign, isSpent, sizeFen } from '@tallystick/domain';
import {
  verifyQuoteOpening,
  type AgreementContext,
  type AgreementRecord,
  type CallName,
  type FinancierContext,
} from '@tallystick/protocol';
import type { z } from 'zod';
import type { Call } from '../authorisation/call';
import type { Effects } from '../contract/finish';
import { requireNamed } from '../contract/require-named';
import { unlock } from '../holding/move-holding';
import { openTo } from '../holding/proven-holding';
import { allowed, provenOpening, Refused } from '../refusal/refused';
import { allOfPolicy } from '../state/key-policy';
import { openToDeal, provenInvitation, type ProvenInvitation } from './invitation';
import { agreedBank, provenFinancing } from './proven-financing';

type Agreed = z.infer<typeof AgreementContext>;

/** The deal behind an agreement: order, piece, invitation, and the accepted quote with its price. @throws Refused OPENING_MISMATCH */
async function provenDeal<N extends CallName>(call: Call<N, Agreed>, orderId: string): Promise<ProvenInvitation> {
  const { state, context } = call;
  const deal = await provenInvitation(call, context.invitation.invitation);
  requireNamed('instruction.body.order', orderId, deal.order.id);
  const { quote } = deal.order;
  // The rules refuse an order that is not agreed; there is no price to prove then.
  if (quote === null) return deal;
  const record = await state.get('Quote', quote);
  const proven = verifyQuoteOpening(record, context.quote) && context.quote.bank === deal.bank;
  provenOpening(proven, 'Quote', quote);
  return deal;
}

/** An early payment in full may have come meanwhile. @throws Refused HOLDING_ALREADY_SPENT */
function requireUnspent({ view }: ProvenInvitation['piece']): void {
  if (isSpent(view)) throw new Refused('HOLDING_ALREADY_SPENT');
}

/**
 * `financing.approve`: the bank's maker, risk officer and checker say yes to one text of the agreement.
 * @throws Refused as `decideApprove`; OPENING_MISMATCH, BAD_INPUT
 */
export async function approve(call: Call<'financing.approve', Agreed>): Promise<Effects> {
  const { state, body, secret, member, now, genesis, rules, context } = call;
  const { order, view, piece, invitation } = await provenDeal(call, body.order);
  const before = await state.find('Agreement', order.id);
  const { checklist, checklistSalt } = secret;
  const command = { caller: member.id, checklist, validUntil: body.validUntil };
  const next = allowed(decideApprove(view, before, command, { dueDate: piece.certificate.public.dueDate, now, rules }));
  requireNamed('instruction.body.quote', body.quote, order.quote);
  provenOpening(hashTerms(checklistSalt, checklist) === body.checklist, 'Agreement', order.id);
  requireUnspent(piece);

  const record: AgreementRecord = {
    schema: 1,
    order: order.id,
    quote: body.quote,
    net: order.net ?? '',
    document: body.document,
    checklist: body.checklist,
    validUntil: body.validUntil,
    state: next,
  };
  const policy = allOfPolicy(genesis, invitation.ownerHost, invitation.bankHost);
  await state.create('Agreement', [order.id], record, policy);
  return { ids: [order.id], openings: openToDeal(invitation, { quotes: [context.quote] }) };
}

/** `financing.sign`: the owner, then the bank, the same text (T35). @throws Refused as `decideSign`; BAD_INPUT for another text */
export async function sign(call: Call<'financing.sign', Agreed>): Promise<Effects> {
  const { state, body, member, now, context } = call;
  const { order, view, piece, invitation } = await provenDeal(call, body.order);
  const agreement = await state.get('Agreement', order.id);
  const next = allowed(decideSign(view, agreement, { caller: member.id, as: body.as }, now));
  requireNamed('instruction.body.document', body.document, agreement.document);
  requireUnspent(piece);
  await state.update('Agreement', [order.id], { ...agreement, state: next });
  return {
    ids: [order.id],
    openings: openToDeal(invitation, { quotes: [context.quote] }),
    amountsFen: [sizeFen(piece.view)],
  };
}

/** `financing.reject`, by the agreed bank until both have signed: the claim is free at once (I9). @throws Refused as `decideReject` */
export async function reject(call: Call<'financing.reject', z.infer<typeof FinancierContext>>): Promise<Effects> {
  const { state, body, member } = call;
  const { order, piece, view } = await provenFinancing(call, body.order);
  const bank = await agreedBank(call, order, member.id);
  const agreement = await state.find('Agreement', order.id);
  const next = allowed(decideReject({ ...view, bank }, agreement, member.id));
  await state.update('Order', [order.id], { ...order, state: next, endedBy: 'rejected' });
  await unlock(state, piece, order.id);
  return { ids: [order.id], openings: openTo(piece.parties, {}) };
}
