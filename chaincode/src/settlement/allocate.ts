import { decideAllocatePage, firstPage, type FundedView, type PageProgress } from '@tallystick/domain';
import {
  certificateInterval,
  paidCommitment,
  verifyHoldingOpening,
  verifyPageOpening,
  type AllocateContext,
  type HoldingOpening,
  type HoldingRecord,
  type SettlementOpening,
  type SettlementOrder,
} from '@tallystick/protocol';
import type { z } from 'zod';
import type { Call } from '../authorisation/call';
import { provenCertificate } from '../certificate/certificate-view';
import type { Effects } from '../contract/finish';
import { partiesOf } from '../holding/proven-holding';
import { allowed, provenOpening, Refused } from '../refusal/refused';
import { valuePolicy } from '../state/key-policy';
import { isCredited, pageOpening, pageRecord, paidOpening, type Share } from './page';
import { openToPayers, provenSettlement, requirePayingBank, settlementOf } from './proven-settlement';

type AllocateCall = Call<'settlement.allocate', z.infer<typeof AllocateContext>>;

/** A holding with its opening. */
interface Listed {
  record: HoldingRecord;
  opening: HoldingOpening;
}

/**
 * `settlement.allocate` 清分: one page of holdings in order of position; every payout is computed here by running totals (T14–T16), none is
 * taken from the bank. The last page frees the certificate. @throws Refused as `decideAllocatePage`; NOT_PAYING_BANK, OPENING_MISMATCH
 */
export async function allocate(call: AllocateCall): Promise<Effects> {
  const { state, body, secret, member, rules, context } = call;
  const certificate = provenCertificate(call.certificate, context.certificate);
  requirePayingBank(member, certificate);
  const order = await settlementOf(state, body.order, certificate);
  provenSettlement(order, context.settlement);
  const before = await progressSoFar(call, order);
  const listed = await listedHoldings(call);
  const asked = { number: body.page, holdings: listed.map(({ opening }) => interval(opening)) };
  const { lines, ...page } = allowed(decideAllocatePage(funded(order, context.settlement), before, asked, rules));
  const shares = listed.flatMap((holding, index): Share[] => {
    const line = lines[index];
    return line === undefined ? [] : [{ ...line, ...holding }];
  });
  const computed = { ...page, order: order.id, page: body.page, shares, seed: secret.seed };
  const record = pageRecord(computed);

  const policy = valuePolicy(partiesOf(certificate, certificate.public.host));
  await state.create('Page', [order.id, String(body.page)], record, policy);
  const paid: HoldingOpening[] = [];
  for (const share of shares.filter(({ payoutFen }) => payoutFen > 0n)) {
    const after = paidOpening(share, secret.seed);
    paid.push(after);
    await state.update('Holding', [share.record.id], { ...share.record, paid: paidCommitment(after) });
  }
  const creditedPages = order.creditedPages + (isCredited(record) ? 1 : 0);
  await state.update('Order', [order.id], { ...order, state: page.state, pages: order.pages + 1, creditedPages });
  if (page.last) await state.update('Certificate', [body.certificate], { ...certificate, settling: null });
  return {
    ids: [`${order.id}/${body.page}`],
    openings: openToPayers(certificate, { holdings: paid, pages: [pageOpening(computed)] }),
  };
}

const interval = ({ lo, hi, paid }: HoldingOpening) => ({
  lo: BigInt(lo),
  hi: BigInt(hi),
  paidFen: BigInt(paid?.fen ?? '0'),
});

function funded({ state }: SettlementOrder, opening: SettlementOpening): FundedView {
  const { principalFen, interestFen, outstandingFen } = opening;
  const fen = (text: string | null): bigint => BigInt(text ?? '0');
  return {
    state,
    principalFen: fen(principalFen),
    interestFen: fen(interestFen),
    outstandingFen: fen(outstandingFen),
  };
}

/** Where the pages written so far have come to, by the opening of the last of them. */
async function progressSoFar({ state, context }: AllocateCall, order: SettlementOrder): Promise<PageProgress> {
  if (order.pages === 0) return firstPage(certificateInterval(context.certificate.terms).lo);
  const number = order.pages - 1;
  const last = await state.get('Page', order.id, String(number));
  const { previous } = context;
  if (previous === null) throw new Refused('OPENING_MISMATCH', { record: 'Page', id: `${order.id}/${number}` });
  provenOpening(verifyPageOpening(last, previous, order.certificate), 'Page', `${order.id}/${number}`);
  return { nextPage: order.pages, runningFen: BigInt(previous.runningFen), cutTo: BigInt(previous.cutToFen) };
}

/**
 * The holdings of the page, of this certificate and not consumed, in the signed order. Redeemed ones stand between others and get nothing.
 * @throws Refused BAD_INPUT, RECORD_NOT_FOUND, OPENING_MISMATCH, HOLDING_ALREADY_SPENT
 */
async function listedHoldings({ state, body, context }: AllocateCall): Promise<Listed[]> {
  if (context.holdings.length !== body.holdings.length) throw new Refused('BAD_INPUT', { field: 'context.holdings' });
  const records = await Promise.all(body.holdings.map((id) => state.get('Holding', id)));
  return context.holdings.map((opening, index) => {
    const record = records[index];
    const proven = record?.certificate === body.certificate && verifyHoldingOpening(record, opening);
    if (record === undefined || !proven) {
      throw new Refused('OPENING_MISMATCH', { record: 'Holding', id: body.holdings[index] ?? '' });
    }
    if (record.status === 'consumed') throw new Refused('HOLDING_ALREADY_SPENT', { id: record.id });
    return { record, opening };
  });
}
