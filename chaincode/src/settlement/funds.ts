import { commitAmount } from '@tallystick/crypto';
import { decideFunds, decidePrepare } from '@tallystick/domain';
import {
  fundsCommitments,
  fundsOpenings,
  prepareOpenings,
  type CertificateContext,
  type FundsAmounts,
  type SettlementContext,
  type SettlementOrder,
} from '@tallystick/protocol';
import type { z } from 'zod';
import type { Call } from '../authorisation/call';
import { certificateView, provenCertificate } from '../certificate/certificate-view';
import type { Effects } from '../contract/finish';
import { requireNamed } from '../contract/require-named';
import { partiesOf } from '../holding/proven-holding';
import { allowed, provenOpening, Refused } from '../refusal/refused';
import { valuePolicy } from '../state/key-policy';
import { openToPayers, owedView, provenSettlement, requirePayingBank, settlementOf } from './proven-settlement';

/**
 * `settlement.prepare`: the issuer says what it means to pay; several may follow one another.
 * @throws Refused as `decidePrepare`; BAD_INPUT, OPENING_MISMATCH
 */
export async function prepare(call: Call<'settlement.prepare', z.infer<typeof CertificateContext>>): Promise<Effects> {
  const { state, body, secret, member, now, rules, context, signed } = call;
  const certificate = provenCertificate(call.certificate, context.certificate);
  const { faceFen, paidFen } = owedView(certificate, context.certificate);
  const amountFen = BigInt(secret.amountFen);
  const command = { caller: member.id, issuer: certificate.public.issuer, amountFen };
  const next = allowed(decidePrepare(certificateView(certificate), command, faceFen - paidFen, now, rules));
  requireNamed('instruction.body.order', body.order, call.newId(0));
  const amount = commitAmount({ recordId: body.order, label: 'amount', fen: amountFen, salt: secret.amountSalt });
  provenOpening(amount === body.amount, 'Order', body.order);

  const order: SettlementOrder = {
    schema: 1,
    kind: 'settlement',
    id: body.order,
    certificate: body.certificate,
    state: next,
    amount,
    principal: null,
    interest: null,
    outstanding: null,
    paidOn: null,
    full: false,
    pages: 0,
    creditedPages: 0,
  };
  await state.create('Order', [order.id], order, valuePolicy(partiesOf(certificate, certificate.public.host)));
  return {
    ids: [order.id],
    openings: openToPayers(certificate, { certificates: [context.certificate], ...prepareOpenings(signed) }),
    amountsFen: [amountFen],
  };
}

/**
 * `settlement.funds`: money came in at the paying bank; late interest to that day is met first (T19). A receipt in full says so in public, so
 * that a slow allocation makes no issuer overdue. @throws Refused as `decideFunds`; NOT_PAYING_BANK, OPENING_MISMATCH
 */
export async function funds(call: Call<'settlement.funds', z.infer<typeof SettlementContext>>): Promise<Effects> {
  const { state, body, secret, member, now, rules, context, signed } = call;
  const certificate = provenCertificate(call.certificate, context.certificate);
  requirePayingBank(member, certificate);
  const order = await settlementOf(state, body.order, certificate);
  provenSettlement(order, context.settlement);
  const receipt = { receivedFen: BigInt(secret.receivedFen), paidOn: body.paidOn };
  const owed = owedView(certificate, context.certificate);
  const {
    state: next,
    checkpoint,
    ...met
  } = allowed(decideFunds(order, certificateView(certificate), owed, receipt, now, rules));
  const amounts: FundsAmounts = { ...met, carriedFen: checkpoint.carriedFen === 0n ? null : checkpoint.carriedFen };
  const commitments = fundsCommitments({ order: order.id, certificate: body.certificate }, amounts, secret);
  requireReckoned(body, { ...commitments, full: met.full });

  const { principal, interest, outstanding, paid, carried } = commitments;
  const received = { principal, interest, outstanding, paidOn: body.paidOn, full: met.full };
  await state.update('Order', [order.id], { ...order, state: next, ...received });
  await state.update('Certificate', [body.certificate], {
    ...certificate,
    paid,
    carried,
    lateFrom: checkpoint.lateFrom,
    paidInFull: met.full,
    settling: order.id,
  });
  return { ids: [order.id], openings: openToPayers(certificate, fundsOpenings(signed, amounts, context)) };
}

/** The bank's figures are the ledger's own, each of them. @throws Refused OPENING_MISMATCH naming the figure */
function requireReckoned<F extends Record<string, unknown>>(signed: F, reckoned: Partial<F>): void {
  for (const [figure, value] of Object.entries(reckoned)) {
    if (signed[figure] !== value) throw new Refused('OPENING_MISMATCH', { record: 'Order', figure });
  }
}
