import {
  acceptTransferOpenings,
  buildAcceptTransfer,
  buildDeposit,
  buildOffer,
  noOpenings,
  offerOpenings,
  type Bundle,
  type HoldingOpening,
} from '@tallystick/protocol';
import {
  activeCertificate,
  BANK_A,
  BANK_B,
  CORE,
  grantLine,
  OPERATOR,
  type Active,
  type Consortium,
  type Firm,
  type LineBook,
} from '@tallystick/chaincode/testing';

/** A small trade on the ledger: one certificate accepted, part of it passed on, part of that again. */
export interface SmallTrade {
  line: LineBook;
  active: Active;
  /** Orders of the two offers. */
  orders: [string, string];
  /** What the second and the third tier hold. */
  second: HoldingOpening;
  third: HoldingOpening;
}

const DAYS = 86_400_000;
const background = { contractNo: 'CANARY-HT-1', invoiceNo: 'CANARY-FP-1', note: '' };

/** Offers part of a holding and has the receiver accept it. */
export async function passOn(
  consortium: Consortium,
  active: Active,
  holding: HoldingOpening,
  { from, to, amountFen }: { from: Firm; to: Firm; amountFen: bigint },
): Promise<{ order: string; held: HoldingOpening; rest: HoldingOpening }> {
  const readers = [OPERATOR, CORE, BANK_A];
  const until = new Date(Date.parse(consortium.now) + DAYS).toISOString();
  const offer = buildOffer({
    ...consortium.authoring(from),
    holding,
    to: [{ receiver: to.record.id, receiverHost: to.record.host, amountFen, background }],
    until,
  });
  const { holdings, transfers } = offerOpenings(offer, holding);
  const [piece, rest] = holdings;
  const [transfer] = transfers;
  if (piece === undefined || rest === undefined || transfer === undefined)
    throw new Error('an offer opens piece, rest and order');
  const context = { certificate: active.certificate, holding };
  await consortium.submit({
    contract: 'transfer',
    fn: 'offer',
    signed: await consortium.sign(offer, from),
    members: [to],
    readers,
    context,
  });
  const accept = buildAcceptTransfer({ ...consortium.authoring(to), order: transfer.order, piece });
  await consortium.submit({
    contract: 'transfer',
    fn: 'accept',
    signed: await consortium.sign(accept, to),
    readers,
    context: { certificate: active.certificate, holding: piece, transfer },
  });
  const [held] = acceptTransferOpenings(accept, piece).holdings;
  if (held === undefined) throw new Error('an acceptance opens one holding');
  return { order: transfer.order, held, rest };
}

/** Issue, acceptance, and two tiers of suppliers hosted by the operator. */
export async function smallTrade(consortium: Consortium, faceFen = 1_000_000_00n): Promise<SmallTrade> {
  const line = await grantLine(consortium);
  const [first, second, third] = consortium.firms.suppliers;
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('the consortium has suppliers');
  const active = await activeCertificate(consortium, line, { creditor: first, faceFen });
  const one = await passOn(consortium, active, active.holding, { from: first, to: second, amountFen: faceFen / 2n });
  const two = await passOn(consortium, active, one.held, { from: second, to: third, amountFen: faceFen / 4n });
  return { line, active, orders: [one.order, two.order], second: two.rest, third: two.held };
}

/** A reader gives another organisation its copy of a bundle. */
export async function deposit(consortium: Consortium, from: Firm, to: string, bundle: Bundle): Promise<void> {
  const unsigned = buildDeposit({ ...consortium.authoring(from), to, bundle });
  const signed = await consortium.sign(unsigned, from, 'service');
  await consortium.submit({ contract: 'deposit', fn: 'openings', signed, readers: [to] });
}

export const ORGS = [OPERATOR, CORE, BANK_A, BANK_B];
export { noOpenings };
