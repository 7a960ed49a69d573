import { decideDisburse, decideFailDisbursement, sizeFen, type ReceiptView } from '@tallystick/domain';
import type { FinancierContext } from '@tallystick/protocol';
import type { z } from 'zod';
import type { Call } from '../authorisation/call';
import { requireMakerChecker } from '../authorisation/signatures';
import type { Effects } from '../contract/finish';
import { requireNamed } from '../contract/require-named';
import { unlock, writeMove } from '../holding/move-holding';
import { openTo, partiesOf } from '../holding/proven-holding';
import { allowed, Refused } from '../refusal/refused';
import { agreedBank, provenFinancing } from './proven-financing';

type Opened = z.infer<typeof FinancierContext>;
type DisburseCall = Call<'financing.disburse', Opened, 'financing.receipt'>;

/**
 * `financing.disburse`: the piece becomes the bank's in the same transaction as the receipt of the payment (delivery against payment).
 * @throws Refused as `decideDisburse`; BAD_INPUT, OPENING_MISMATCH
 */
export async function disburse(call: DisburseCall): Promise<Effects> {
  const { state, body, secret, member, key, now, rules, context } = call;
  const { order, piece, view } = await provenFinancing(call, body.order);
  requireNamed('instruction.body.piece', body.piece, order.holding);
  const bank = await agreedBank(call, order, member.id);
  const agreement = await state.find('Agreement', order.id);
  const { state: next, depth } = allowed(
    decideDisburse(
      { ...view, bank },
      {
        caller: member.id,
        orderId: order.id,
        net: order.net ?? '',
        agreement,
        receipt: receiptOf(call, view.owner),
        piece: piece.view,
        certificateSettling: piece.context.certificate.settling,
        now,
        rules,
      },
    ),
  );
  // The agreement's net and quote are the order's own: it was approved for them, and neither changes after.
  requireNamed('instruction.body.holding', body.holding.id, call.newId(0));
  await state.update('Order', [order.id], { ...order, state: next });
  const moved = await writeMove(state, piece, {
    piece: body.holding,
    owner: member.id,
    ownerSalt: secret.ownerSalt,
    host: member.host,
    depth,
    madeBy: key,
  });
  return {
    ids: [body.holding.id],
    openings: openTo(partiesOf(piece.certificate, member.host), {
      certificates: [context.certificate],
      holdings: [moved],
    }),
    amountsFen: [sizeFen(piece.view)],
  };
}

/** Who says that the money was paid. @throws Refused ROLE_MISSING when the payee's word is not its people's; BAD_INPUT for a payment in the future */
function receiptOf({ companion, businessDate }: DisburseCall, payee: string): ReceiptView | null {
  if (companion === null) return null;
  const { member, body, signed } = companion;
  // A service key speaks for a clearing bank's payments, never for what a firm has received.
  if (member.id === payee) requireMakerChecker(signed, member);
  if (body.paidOn > businessDate) throw new Refused('BAD_INPUT', { field: 'receipt.paidOn' });
  return { by: member, order: body.order, net: body.net };
}

/**
 * `financing.fail`: signed but not paid, or the payment came back: owner and bank give it up together, each by its own instruction (T36).
 * @throws Refused as `decideFailDisbursement`; BAD_INPUT when the two name different orders
 */
export async function fail(call: Call<'financing.fail', Opened>): Promise<Effects> {
  const { state, body, acts } = call;
  for (const act of acts) requireNamed('instruction.body.order', act.body.order, body.order);
  const { order, piece, view } = await provenFinancing(call, body.order);
  const signers = acts.map(({ member }) => member.id);
  const candidate = signers.find((id) => id !== view.owner) ?? '';
  const bank = await agreedBank(call, order, candidate);
  const next = allowed(decideFailDisbursement({ ...view, bank }, signers));
  await state.update('Order', [order.id], { ...order, state: next, endedBy: 'failed' });
  await unlock(state, piece, order.id);
  const amountFen = sizeFen(piece.view);
  return { ids: [order.id], openings: openTo(piece.parties, {}), amountsFen: acts.map(() => amountFen) };
}
