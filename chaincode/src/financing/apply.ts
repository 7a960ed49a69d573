import { decideApply, decideWithdrawApplication, sizeFen } from '@tallystick/domain';
import { applyOpenings, type HoldingContext } from '@tallystick/protocol';
import type { z } from 'zod';
import type { Call } from '../authorisation/call';
import type { Effects } from '../contract/finish';
import { requireNamed } from '../contract/require-named';
import { provenCut, unlock, writeCut, type ClaimedPiece } from '../holding/move-holding';
import { openTo, provenHolding } from '../holding/proven-holding';
import { allowed, Refused } from '../refusal/refused';
import { valuePolicy } from '../state/key-policy';
import { provenFinancing } from './proven-financing';

type Opened = z.infer<typeof HoldingContext>;

/**
 * `financing.apply`: cuts the holding and locks the piece now; banks are invited one by one afterwards.
 * @throws Refused as `decideApply`; BAD_INPUT, OPENING_MISMATCH
 */
export async function apply(call: Call<'financing.apply', Opened>): Promise<Effects> {
  const { state, body, secret, member, key, context, signed } = call;
  const holding = await provenHolding(call, body.holding);
  const amountFen = BigInt(secret.piece.hi) - BigInt(secret.piece.lo);
  const command = { caller: member.id, amountFen, openUntil: body.openUntil };
  const { pieces, remainder } = allowed(decideApply(holding.view, command, holding.context));
  const range = pieces[0];
  if (range === undefined) throw new Error('a cut without a piece');
  requireNamed('instruction.body.order', body.order, call.newId(0));
  requireNamed('instruction.body.piece', body.piece.id, call.newId(1));
  // No end of its own: the order's state and dates say whether the lock holds.
  const lock = { order: body.order, until: null };
  const claimed: ClaimedPiece[] = [{ piece: body.piece, secret: secret.piece, range, lock }];
  if (remainder !== null || body.remainder !== null || secret.remainder !== null) {
    if (remainder === null || body.remainder === null || secret.remainder === null)
      throw new Refused('BAD_INPUT', { field: 'instruction.body.remainder' });
    requireNamed('instruction.body.remainder', body.remainder.id, call.newId(2));
    claimed.push({ piece: body.remainder, secret: secret.remainder, range: remainder, lock: null });
  }
  await writeCut(state, holding, provenCut(holding, claimed), key);
  const order = {
    schema: 1 as const,
    kind: 'financing' as const,
    id: body.order,
    certificate: body.certificate,
    holding: body.piece.id,
    ownerHost: holding.record.host,
    application: body.application,
    openUntil: body.openUntil,
    state: 'open' as const,
    quote: null,
    net: null,
    bankHost: null,
    decideBy: null,
    endedBy: null,
  };
  await state.create('Order', [order.id], order, valuePolicy(holding.parties));
  return {
    ids: [order.id, ...claimed.map(({ piece }) => piece.id)],
    openings: openTo(holding.parties, {
      certificates: [context.certificate],
      ...applyOpenings(signed, holding.opening),
    }),
    amountsFen: [amountFen],
  };
}

/** `financing.withdraw`, by the owner before a quote is accepted: the claim is free at once (I9). @throws Refused as `decideWithdrawApplication` */
export async function withdrawApplication(call: Call<'financing.withdraw', Opened>): Promise<Effects> {
  const { state, body, member } = call;
  const { order, piece, view } = await provenFinancing(call, body.order);
  const next = allowed(decideWithdrawApplication(view, member.id));
  await state.update('Order', [order.id], { ...order, state: next, endedBy: 'withdrawn' });
  await unlock(state, piece, order.id);
  return { ids: [order.id], openings: openTo(piece.parties, {}), amountsFen: [sizeFen(piece.view)] };
}
