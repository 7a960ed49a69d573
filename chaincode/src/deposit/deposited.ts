import {
  verifyCertificateOpening,
  verifyHoldingOpening,
  verifyInvitationOpening,
  verifyLineOpening,
  verifyOccupancyOpening,
  verifyPageOpening,
  verifyPaymentOpening,
  verifyQuoteOpening,
  verifySettlementOpening,
  verifyTransferOpening,
  type Behind,
  type Bundle,
  type CertificateRecord,
  type HoldingOpening,
  type Openings,
} from '@tallystick/protocol';
import { partiesOf } from '../holding/proven-holding';
import { requireApplied, requireOrigin } from '../instruction/behind';
import { provenOpening, Refused } from '../refusal/refused';
import type { State } from '../state/state';

/**
 * Whether every opening of a bundle belongs to a record and `to` may read it, and whether the instructions behind them were
 * applied. Who else holds a copy does not matter: what proves itself may be given by anyone who has it.
 * @throws Refused RECORD_NOT_FOUND; OPENING_MISMATCH naming the record; COLLECTION_FORBIDDEN for what `to` may not read
 */
export async function requireDeposited(state: State, { instructions, openings }: Bundle, to: string): Promise<void> {
  await requireApplied(state, instructions);
  const certificates = new Certificates(state);
  const shown = await requireDeals(state, openings, to);
  await requireIssuing(state, certificates, openings, to);
  await requireHoldings(state, certificates, openings, to, { shown, behind: instructions });
  await requireSettling(state, certificates, openings, to);
}

/** Certificates that the openings hang on. */
class Certificates {
  constructor(private readonly state: State) {}

  get(id: string): Promise<CertificateRecord> {
    return this.state.get('Certificate', id);
  }

  /** Issuer's organisation, witness and stand-in: readers of everything under a certificate. */
  async readers(id: string): Promise<string[]> {
    const { issuerOrg, witness, standIn } = (await this.get(id)).public;
    return [issuerOrg, witness, standIn];
  }
}

function requireReader(to: string, readers: readonly string[], record: string): void {
  if (!readers.includes(to)) throw new Refused('COLLECTION_FORBIDDEN', { reader: to, record });
}

/**
 * Invitations and quotes stay between the owner's host and the bank's.
 * @returns the holdings that `to` is invited to finance, and may therefore see
 */
async function requireDeals(state: State, { invitations, quotes }: Openings, to: string): Promise<Set<string>> {
  const shown = new Set<string>();
  for (const opening of invitations) {
    const record = await state.get('Invitation', opening.invitation);
    const order = await state.order('financing', record.order);
    provenOpening(verifyInvitationOpening(record, order, opening), 'Invitation', record.id);
    requireReader(to, [record.ownerHost, record.bankHost], 'Invitation');
    shown.add(order.holding);
  }
  for (const opening of quotes) {
    const record = await state.get('Quote', opening.quote);
    provenOpening(verifyQuoteOpening(record, opening), 'Quote', record.id);
    const { ownerHost } = await state.get('Invitation', record.invitation);
    requireReader(to, [ownerHost, record.bankHost], 'Quote');
  }
  return shown;
}

async function requireIssuing(
  state: State,
  certificates: Certificates,
  { lines, occupancies }: Openings,
  to: string,
): Promise<void> {
  for (const opening of lines) {
    const record = await state.get('Line', opening.line);
    provenOpening(verifyLineOpening(record, opening), 'Line', record.id);
    requireReader(to, [record.witness, record.issuerOrg], 'Line');
  }
  for (const opening of occupancies) {
    const record = await state.get('Occupancy', opening.fingerprint);
    provenOpening(verifyOccupancyOpening(record, opening), 'Occupancy', record.fingerprint);
    const users = await Promise.all(record.uses.map(({ certificate }) => certificates.get(certificate)));
    const readers = users.flatMap(({ public: { issuerOrg, witness } }) => [issuerOrg, witness]);
    requireReader(to, readers, 'Occupancy');
  }
}

/** A holding is read by its owner's host and by the host to which it is offered or shown; its certificate with it. */
async function requireHoldings(
  state: State,
  certificates: Certificates,
  { certificates: opened, holdings, transfers }: Openings,
  to: string,
  { shown, behind }: { shown: ReadonlySet<string>; behind: Behind },
): Promise<void> {
  const offered = new Set<string>();
  for (const opening of transfers) {
    const record = await state.order('transfer', opening.order);
    provenOpening(verifyTransferOpening(record, opening), 'Order', record.id);
    const { senderHost, receiverHost } = record;
    requireReader(to, [senderHost, receiverHost, ...(await certificates.readers(record.certificate))], 'Order');
    if (receiverHost === to) offered.add(record.holding);
  }
  const held = new Set<string>();
  for (const opening of holdings) {
    await requireHolding(state, certificates, opening, to, { offered, shown, behind });
    held.add(opening.certificate);
  }
  for (const opening of opened) {
    const record = await certificates.get(opening.certificate);
    provenOpening(verifyCertificateOpening(record, opening), 'Certificate', record.public.id);
    const readers = Object.values(partiesOf(record, record.public.host)) as string[];
    if (!held.has(record.public.id)) requireReader(to, readers, 'Certificate');
  }
}

async function requireHolding(
  state: State,
  certificates: Certificates,
  opening: HoldingOpening,
  to: string,
  { offered, shown, behind }: { offered: ReadonlySet<string>; shown: ReadonlySet<string>; behind: Behind },
): Promise<void> {
  const record = await state.get('Holding', opening.holding);
  provenOpening(verifyHoldingOpening(record, opening), 'Holding', record.id);
  const readers = [record.host, ...(await certificates.readers(record.certificate))];
  if (offered.has(record.id) || readers.includes(to)) return;
  requireReader(to, shown.has(record.id) ? [to] : readers, 'Holding');
  requireOrigin(behind, record, await certificates.get(record.certificate));
}

/** What was received and how it was shared out: the issuer's, the witness's and the stand-in's; each line also its holder's host's. */
async function requireSettling(
  state: State,
  certificates: Certificates,
  { settlements, pages, payments }: Openings,
  to: string,
): Promise<void> {
  for (const opening of settlements) {
    const record = await state.order('settlement', opening.order);
    provenOpening(verifySettlementOpening(record, opening), 'Order', record.id);
    requireReader(to, await certificates.readers(record.certificate), 'Order');
  }
  for (const opening of pages) {
    const record = await state.get('Page', opening.order, String(opening.page));
    const { certificate } = await state.order('settlement', record.order);
    provenOpening(verifyPageOpening(record, opening, certificate), 'Page', record.order);
    requireReader(to, await certificates.readers(certificate), 'Page');
  }
  for (const opening of payments) {
    const record = await state.get('Page', opening.order, String(opening.page));
    provenOpening(verifyPaymentOpening(record, opening), 'Page', record.order);
    const { host, certificate } = await state.get('Holding', opening.holding);
    requireReader(to, [host, ...(await certificates.readers(certificate))], 'Page');
  }
}
