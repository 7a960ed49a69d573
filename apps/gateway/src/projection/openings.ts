import {
  verifyCertificateOpening,
  verifyHoldingOpening,
  verifyInvitationOpening,
  verifyLineOpening,
  verifyOccupancyOpening,
  verifyPageOpening,
  verifyQuoteOpening,
  verifySettlementOpening,
  verifyTransferOpening,
  type Openings,
  type RecordOf,
  type RecordType,
} from '@tallystick/protocol';
import type { Mirror } from './mirror';
import { refOf, type Ref } from './record-ref';

/** One opening of a bundle with the record that it claims to open. */
export interface Claim {
  ref: Ref;
  type: RecordType;
  body: unknown;
}

/** The openings of a bundle, certificates and holdings first, for the others lean on them. */
export function claimsOf(openings: Openings): Claim[] {
  const claim = (type: RecordType, body: unknown, ...parts: string[]): Claim => ({
    ref: refOf(type, ...parts),
    type,
    body,
  });
  return [
    ...openings.lines.map((body) => claim('Line', body, body.line)),
    ...openings.certificates.map((body) => claim('Certificate', body, body.certificate)),
    ...openings.occupancies.map((body) => claim('Occupancy', body, body.fingerprint)),
    ...openings.holdings.map((body) => claim('Holding', body, body.holding)),
    ...openings.transfers.map((body) => claim('Order', body, body.order)),
    ...openings.settlements.map((body) => claim('Order', body, body.order)),
    ...openings.invitations.map((body) => claim('Invitation', body, body.invitation)),
    ...openings.quotes.map((body) => claim('Quote', body, body.quote)),
    ...openings.pages.map((body) => claim('Page', body, body.order, String(body.page))),
  ];
}

type Body<T extends { [K in keyof Openings]: unknown }[keyof Openings]> = T extends (infer One)[] ? One : never;
type Of<K extends keyof Openings> = Body<Openings[K]>;

/** Whether an opening fits the commitments of its record as it stands now. */
export async function opens({ type, body, ref }: Claim, mirror: Mirror): Promise<boolean> {
  const found = await mirror.byRef(ref);
  if (found === null) return false;
  const { record } = found;
  switch (type) {
    case 'Line':
      return verifyLineOpening(record as RecordOf<'Line'>, body as Of<'lines'>);
    case 'Certificate':
      return verifyCertificateOpening(record as RecordOf<'Certificate'>, body as Of<'certificates'>);
    case 'Occupancy':
      return verifyOccupancyOpening(record as RecordOf<'Occupancy'>, body as Of<'occupancies'>);
    case 'Holding':
      return verifyHoldingOpening(record as RecordOf<'Holding'>, body as Of<'holdings'>);
    case 'Order':
      return opensOrder(record as RecordOf<'Order'>, body);
    case 'Invitation':
      return opensInvitation(record as RecordOf<'Invitation'>, body as Of<'invitations'>, mirror);
    case 'Quote':
      return opensQuote(record as RecordOf<'Quote'>, body as Of<'quotes'>, mirror);
    case 'Page':
      return opensPage(record as RecordOf<'Page'>, body as Of<'pages'>, mirror);
    default:
      return false;
  }
}

function opensOrder(record: RecordOf<'Order'>, body: unknown): boolean {
  if (record.kind === 'transfer')
    return 'receiver' in (body as object) && verifyTransferOpening(record, body as Of<'transfers'>);
  if (record.kind === 'settlement')
    return 'amountFen' in (body as object) && verifySettlementOpening(record, body as Of<'settlements'>);
  return false;
}

async function opensInvitation(
  record: RecordOf<'Invitation'>,
  body: Of<'invitations'>,
  mirror: Mirror,
): Promise<boolean> {
  const order = await mirror.record('Order', record.order);
  return order?.kind === 'financing' && verifyInvitationOpening(record, order, body);
}

/** The bank is not committed in the quote: it is the one of the quote's invitation. */
async function opensQuote(record: RecordOf<'Quote'>, body: Of<'quotes'>, mirror: Mirror): Promise<boolean> {
  const invited = await mirror.opening<Of<'invitations'>>(refOf('Invitation', record.invitation));
  return invited?.body.bank === body.bank && verifyQuoteOpening(record, body);
}

async function opensPage(record: RecordOf<'Page'>, body: Of<'pages'>, mirror: Mirror): Promise<boolean> {
  const order = await mirror.record('Order', record.order);
  return order?.kind === 'settlement' && verifyPageOpening(record, body, order.certificate);
}
