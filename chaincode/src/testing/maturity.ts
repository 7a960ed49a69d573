import { decideFunds, type FundsReceived } from '@tallystick/domain';
import {
  buildAllocate,
  buildCloseSettlement,
  buildCredited,
  buildFunds,
  buildPrepare,
  fundsOpenings,
  prepareOpenings,
  type CertificateOpening,
  type FundsAmounts,
  type HoldingOpening,
  type PageOpening,
  type SettlementOpening,
} from '@tallystick/protocol';
import { certificateView } from '../certificate/certificate-view';
import { owedView } from '../settlement/proven-settlement';
import { BANK_A, CORE, type Consortium, type SignedCall } from './consortium';
import type { Firm } from './firm';
import { businessToday } from './trade';

/** A settlement as the paying bank knows it. */
export interface Settling {
  certificate: CertificateOpening;
  settlement: SettlementOpening;
  order: string;
  amounts: FundsAmounts | null;
  /** Opening of the last page written. */
  previous: PageOpening | null;
}

const PAYERS = [BANK_A, CORE];

export async function prepareCall(
  consortium: Consortium,
  certificate: CertificateOpening,
  amountFen: bigint,
  by: Firm = consortium.firms.core,
): Promise<SignedCall> {
  const unsigned = buildPrepare({ ...consortium.authoring(by), certificate: certificate.certificate, amountFen });
  const signed = await consortium.sign(unsigned, by);
  return { contract: 'settlement', fn: 'prepare', signed, readers: PAYERS, context: { certificate } };
}

export async function prepare(
  consortium: Consortium,
  certificate: CertificateOpening,
  amountFen: bigint,
): Promise<Settling> {
  const call = await prepareCall(consortium, certificate, amountFen);
  await consortium.submit(call);
  const [settlement] = prepareOpenings(call.signed).settlements;
  return { certificate, settlement: settlement!, order: settlement!.order, amounts: null, previous: null };
}

/** How the rules meet a receipt. */
export async function reckon(
  consortium: Consortium,
  { certificate: opening, order }: Settling,
  receivedFen: bigint,
  paidOn: string,
): Promise<FundsReceived> {
  const certificate = await consortium.record('Certificate', opening.certificate);
  const record = await consortium.record('Order', order);
  if (record.kind !== 'settlement') throw new Error('no settlement');
  const received = decideFunds(
    { state: 'prepared' },
    { ...certificateView(certificate), settling: false, status: 'active' },
    owedView(certificate, opening),
    { receivedFen, paidOn },
    consortium.now,
    consortium.rules,
  );
  if (!received.ok) throw new Error(received.refusal.code);
  return received.value;
}

export const amountsOf = ({ checkpoint, ...met }: FundsReceived): FundsAmounts => ({
  principalFen: met.principalFen,
  interestFen: met.interestFen,
  outstandingFen: met.outstandingFen,
  paidFen: met.paidFen,
  carriedFen: checkpoint.carriedFen === 0n ? null : checkpoint.carriedFen,
  full: met.full,
});

export interface FundsInput {
  receivedFen: bigint;
  paidOn?: string;
  by?: Firm;
  amounts?: FundsAmounts;
}

export async function fundsCall(
  consortium: Consortium,
  settling: Settling,
  { receivedFen, paidOn = businessToday(consortium), by = consortium.firms.bankA, amounts }: FundsInput,
): Promise<SignedCall & { amounts: FundsAmounts }> {
  const met = amounts ?? amountsOf(await reckon(consortium, settling, receivedFen, paidOn));
  const { order, certificate, settlement } = settling;
  const unsigned = buildFunds({
    ...consortium.authoring(by),
    order,
    certificate: certificate.certificate,
    receivedFen,
    amounts: met,
    paidOn,
    reference: 'CNAPS-IN-1',
  });
  const signed = await consortium.sign(unsigned, by, 'service');
  const context = { certificate, settlement };
  return { contract: 'settlement', fn: 'funds', signed, readers: PAYERS, context, amounts: met };
}

export async function funds(consortium: Consortium, settling: Settling, input: FundsInput): Promise<Settling> {
  const { amounts, ...call } = await fundsCall(consortium, settling, input);
  await consortium.submit(call);
  const after = fundsOpenings(call.signed, amounts, settling);
  return { ...settling, certificate: after.certificates[0]!, settlement: after.settlements[0]!, amounts };
}

export async function allocateCall(
  consortium: Consortium,
  settling: Settling,
  holdings: HoldingOpening[],
  page: number,
  by: Firm = consortium.firms.bankA,
): Promise<SignedCall> {
  const { order, certificate, settlement, previous } = settling;
  const unsigned = buildAllocate({
    ...consortium.authoring(by),
    order,
    certificate: certificate.certificate,
    page,
    holdings: holdings.map(({ holding }) => holding),
  });
  const signed = await consortium.sign(unsigned, by, 'service');
  const context = { certificate, settlement, previous, holdings };
  return { contract: 'settlement', fn: 'allocate', signed, readers: PAYERS, context };
}

/** Writes one page; answers the holdings as they stand after it. */
export async function allocate(
  consortium: Consortium,
  settling: Settling,
  holdings: HoldingOpening[],
  page = 0,
): Promise<{ settling: Settling; holdings: HoldingOpening[]; page: PageOpening }> {
  const call = await allocateCall(consortium, settling, holdings, page);
  const { applied } = await consortium.submit(call);
  const { openings } = await consortium.bundle(BANK_A, applied[0]!);
  const paid = new Map(openings.holdings.map((opening) => [opening.holding, opening]));
  const [written] = openings.pages;
  return {
    settling: { ...settling, previous: written! },
    holdings: holdings.map((opening) => paid.get(opening.holding) ?? opening),
    page: written!,
  };
}

export type Answer = { holding: string; state: 'credited' | 'returned' };

export async function creditedCall(
  consortium: Consortium,
  { order }: Settling,
  answers: Answer[],
  page = 0,
  by: Firm = consortium.firms.bankA,
): Promise<SignedCall> {
  const results = answers.map((answer, index) => ({ ...answer, reference: `CAMT-${index}` }));
  const unsigned = buildCredited({ ...consortium.authoring(by), order, page, results });
  return { contract: 'settlement', fn: 'credited', signed: await consortium.sign(unsigned, by, 'service') };
}

/** Every payout of a page that is still on its way is credited. */
export async function creditPage(consortium: Consortium, settling: Settling, page = 0): Promise<void> {
  const { lines } = await consortium.record('Page', settling.order, String(page));
  const answers = lines
    .filter(({ state }) => state === 'instructed')
    .map(({ holding }): Answer => ({ holding, state: 'credited' }));
  await consortium.submit(await creditedCall(consortium, settling, answers, page));
}

export async function closeCall(
  consortium: Consortium,
  { order, certificate }: Settling,
  by: Firm = consortium.firms.bankA,
): Promise<SignedCall> {
  const unsigned = buildCloseSettlement({
    ...consortium.authoring(by),
    order,
    certificate: certificate.certificate,
  });
  const signed = await consortium.sign(unsigned, by, 'service');
  return { contract: 'settlement', fn: 'close', signed, readers: PAYERS, context: { certificate } };
}

/** From prepared to closed: one payment over these holdings, all on one page. */
export async function settle(
  consortium: Consortium,
  certificate: CertificateOpening,
  holdings: HoldingOpening[],
  receivedFen: bigint,
): Promise<{ certificate: CertificateOpening; holdings: HoldingOpening[]; page: PageOpening; settling: Settling }> {
  const prepared = await prepare(consortium, certificate, receivedFen);
  const funded = await funds(consortium, prepared, { receivedFen });
  const allocated = await allocate(consortium, funded, holdings);
  await creditPage(consortium, allocated.settling);
  await consortium.submit(await closeCall(consortium, allocated.settling));
  return { ...allocated, certificate: funded.certificate };
}
