import {
  decideAcceptTransfer,
  decideDeclineTransfer,
  decideWithdrawTransfer,
  sizeFen,
  type OfferState,
  type OfferView,
} from '@tallystick/domain';
import { verifyTransferOpening, type TransferContext, type TransferOrder } from '@tallystick/protocol';
import type { z } from 'zod';
import type { Call } from '../authorisation/call';
import type { Effects } from '../contract/finish';
import { requireNamed } from '../contract/require-named';
import { unlock, writeMove } from '../holding/move-holding';
import { openTo, partiesOf, provenHolding, type ProvenHolding } from '../holding/proven-holding';
import { allowed, provenOpening, Refused } from '../refusal/refused';

type AnswerCall<N extends 'transfer.accept' | 'transfer.decline' | 'transfer.withdraw'> = Call<
  N,
  z.infer<typeof TransferContext>
>;

interface ProvenOffer {
  order: TransferOrder;
  piece: ProvenHolding;
  view: OfferView;
}

/** The offer, its piece and who plays which part. @throws Refused RECORD_NOT_FOUND; OPENING_MISMATCH */
async function provenOffer<N extends 'transfer.accept' | 'transfer.decline' | 'transfer.withdraw'>(
  call: AnswerCall<N>,
  id: string,
): Promise<ProvenOffer> {
  const { transfer } = call.context;
  const order = await call.state.order('transfer', id);
  const piece = await provenHolding(call, order.holding);
  const names = verifyTransferOpening(order, transfer) && transfer.sender === piece.opening.owner;
  provenOpening(names, 'Order', id);
  const view = { state: order.state, sender: transfer.sender, receiver: transfer.receiver, until: order.until };
  return { order, piece, view };
}

/**
 * `transfer.accept` 流转签收: the locked piece becomes the receiver's. The accepting instruction carries the opening, so nobody accepts what
 * they cannot open. @throws Refused as `decideAcceptTransfer`; BAD_INPUT, OPENING_MISMATCH
 */
export async function acceptTransfer(call: AnswerCall<'transfer.accept'>): Promise<Effects> {
  const { state, body, secret, member, key, context } = call;
  const { order, piece, view } = await provenOffer(call, body.order);
  if (body.piece !== order.holding) throw new Refused('BAD_INPUT', { field: 'instruction.body.piece' });
  const accepted = allowed(decideAcceptTransfer(view, piece.view, member.id, piece.context));
  requireNamed('instruction.body.holding', body.holding.id, call.newId(0));

  await state.update('Order', [order.id], { ...order, state: accepted.state });
  const moved = await writeMove(state, piece, {
    piece: body.holding,
    owner: member.id,
    ownerSalt: secret.ownerSalt,
    host: member.host,
    depth: accepted.depth,
    madeBy: key,
  });
  return {
    ids: [body.holding.id],
    openings: openTo(partiesOf(piece.certificate, member.host), {
      certificates: [context.certificate],
      holdings: [moved],
      transfers: [context.transfer],
    }),
    amountsFen: [sizeFen(piece.view)],
  };
}

/** `transfer.decline`, by the receiver: the piece is the sender's to use again (I9). @throws Refused as `decideDeclineTransfer` */
export async function declineTransfer(call: AnswerCall<'transfer.decline'>): Promise<Effects> {
  const offer = await provenOffer(call, call.body.order);
  return end(call, offer, allowed(decideDeclineTransfer(offer.view, call.member.id, call.now)));
}

/** `transfer.withdraw`, by the sender. @throws Refused as `decideWithdrawTransfer` */
export async function withdrawTransfer(call: AnswerCall<'transfer.withdraw'>): Promise<Effects> {
  const offer = await provenOffer(call, call.body.order);
  return end(call, offer, allowed(decideWithdrawTransfer(offer.view, call.member.id, call.now)));
}

async function end<N extends 'transfer.decline' | 'transfer.withdraw'>(
  { state, context }: AnswerCall<N>,
  { order, piece }: ProvenOffer,
  next: OfferState,
): Promise<Effects> {
  await state.update('Order', [order.id], { ...order, state: next });
  await unlock(state, piece, order.id);
  return { ids: [order.id], openings: openTo(piece.parties, { transfers: [context.transfer] }) };
}
