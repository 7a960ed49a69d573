import { decideClose, decidePayout } from '@tallystick/domain';
import type { BodyOf, CertificateContext, PageLine, PageRecord } from '@tallystick/protocol';
import type { z } from 'zod';
import type { Call } from '../authorisation/call';
import { provenCertificate } from '../certificate/certificate-view';
import type { Effects } from '../contract/finish';
import type { NoContext } from '../contract/no-context';
import { allowed, Refused } from '../refusal/refused';
import { isCredited } from './page';
import { openToPayers, requirePayingBank, settlementOf } from './proven-settlement';

type Result = BodyOf<'settlement.credited'>['results'][number];

/**
 * `settlement.credited`: the bank's answers for payouts of one page; a return may follow a credit, and what was returned is sent again. A
 * claim paid in full is redeemed with its credit. @throws Refused NOT_PAYING_BANK, RECORD_NOT_FOUND, BAD_INPUT, LINE_STATE, SETTLEMENT_STATE
 */
export async function credited(call: Call<'settlement.credited', NoContext>): Promise<Effects> {
  const { state, body, member, key } = call;
  const order = await state.order('settlement', body.order);
  requirePayingBank(member, await state.get('Certificate', order.certificate));
  if (order.state === 'closed') throw new Refused('SETTLEMENT_STATE', { state: order.state });
  const page = await state.get('Page', order.id, String(body.page));
  const answered = answer(page, body.results);

  await state.update('Page', [order.id, String(page.page)], answered);
  for (const { holding, redeems, state: line } of changed(page, answered)) {
    if (!redeems || line !== 'credited') continue;
    const record = await state.get('Holding', holding);
    // Credited before and returned meanwhile: the claim stayed redeemed, only its money was on the way again.
    if (record.status !== 'live') continue;
    await state.update('Holding', [holding], { ...record, status: 'redeemed', lock: null, spentBy: key });
  }
  const creditedPages = order.creditedPages + Number(isCredited(answered)) - Number(isCredited(page));
  if (creditedPages !== order.creditedPages) await state.update('Order', [order.id], { ...order, creditedPages });
  return { ids: [`${order.id}/${page.page}`] };
}

/** The page with the bank's answers. @throws Refused BAD_INPUT for a holding named twice or not on it; LINE_STATE */
function answer(page: PageRecord, results: readonly Result[]): PageRecord {
  const byHolding = new Map(results.map((result) => [result.holding, result]));
  const known = results.every(({ holding }) => page.lines.some((line) => line.holding === holding));
  if (byHolding.size !== results.length || !known) throw new Refused('BAD_INPUT', { field: 'results' });
  const lines = page.lines.map((line): PageLine => {
    const result = byHolding.get(line.holding);
    if (result === undefined) return line;
    const next = allowed(decidePayout(line.state, result.state === 'credited' ? 'credit' : 'return'));
    return { ...line, state: next, reference: result.reference };
  });
  return { ...page, lines };
}

const changed = (before: PageRecord, after: PageRecord): PageLine[] =>
  after.lines.filter((line, index) => line.state !== before.lines[index]?.state);

/**
 * `settlement.close`: every payout is credited; the one that paid all that was owed settles the certificate (T37).
 * @throws Refused as `decideClose`; NOT_PAYING_BANK
 */
export async function close(call: Call<'settlement.close', z.infer<typeof CertificateContext>>): Promise<Effects> {
  const { state, body, member, context } = call;
  const certificate = provenCertificate(call.certificate, context.certificate);
  requirePayingBank(member, certificate);
  const order = await settlementOf(state, body.order, certificate);
  // What settles is the payment in full, not an earlier part of it that closes late, when the certificate says "paid" already.
  const closed = allowed(decideClose(order, { status: certificate.status, paidInFull: order.full }));
  await state.update('Order', [order.id], { ...order, state: closed.state });
  if (closed.certificate !== certificate.status) {
    await state.update('Certificate', [body.certificate], { ...certificate, status: closed.certificate });
  }
  return { ids: [order.id], openings: openToPayers(certificate, { certificates: [context.certificate] }) };
}
