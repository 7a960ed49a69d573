import type {
  CertificateOpening,
  HoldingOpening,
  InvitationOpening,
  LineOpening,
  QuoteOpening,
  RecordOf,
  SettlementOpening,
  TransferOpening,
  PageOpening,
  PaymentOpening,
} from '@tallystick/protocol';
import type { Mirror } from './mirror';
import { refOf, type Ref } from './record-ref';

/** In which capacity a member sees something. */
export type SightRole =
  'issuer' | 'creditor' | 'owner' | 'holder' | 'witness' | 'sender' | 'receiver' | 'applicant' | 'bank' | 'payee';

/** One member may see one thing: its record's opening and the instructions behind it. Once given it stays. */
export interface Sight {
  member: string;
  ref: Ref;
  type: string;
  scope: string | null;
  roles: Set<SightRole>;
  /** Lists stand in this order: due dates for claims, the place in the chain for orders. */
  sort: string;
  /** What it is about in fen, for totals and lists; null while the opening is missing. */
  fen: bigint | null;
}

/**
 * Says who of the organisation's members sees what (`ledger.md` §2): owner, issuer and witness a holding; issuer, holders and
 * witness a certificate; sender and receiver a transfer; applicant and each bank its own quotes; bank and issuer a line.
 * A function of records and openings alone, so that a rebuild gives the same.
 */
export class Sights {
  readonly given = new Map<string, Sight>();
  private at = '';

  constructor(private readonly mirror: Mirror) {}

  /** Rows given from now on sort by this place in the chain. */
  moveTo(block: bigint, tx: number): void {
    this.at = `${String(block).padStart(12, '0')}.${String(tx).padStart(5, '0')}`;
  }

  /** After a record was written: those whom public data name, and those whom openings at hand name. */
  async afterRecord(ref: Ref): Promise<void> {
    const found = await this.mirror.byRef(ref);
    if (found === null) return;
    const { type, record } = found;
    if (type === 'Certificate') await this.certificate(record);
    if (type === 'Holding') await this.holding(record);
    if (type === 'Order') await this.order(record);
    if (type === 'Page') await this.page(record);
  }

  /** After an opening was accepted. */
  async afterOpening(ref: Ref, type: string, body: unknown): Promise<void> {
    if (type === 'Line') return this.line(body as LineOpening);
    if (type === 'Invitation') return this.invitation(body as InvitationOpening);
    if (type === 'Quote') return this.quote(body as QuoteOpening);
    await this.afterRecord(ref);
  }

  private async line({ line, terms, limitFen }: LineOpening): Promise<void> {
    await this.give(terms.bank, ['bank'], refOf('Line', line), null, BigInt(limitFen));
    await this.give(terms.issuer, ['issuer'], refOf('Line', line), null, BigInt(limitFen));
  }

  private async certificate({ public: promise }: RecordOf<'Certificate'>): Promise<void> {
    const ref = refOf('Certificate', promise.id);
    const opening = await this.mirror.opening<CertificateOpening>(ref);
    const fen = opening === null ? null : BigInt(opening.body.terms.faceFen);
    const give = (member: string | null, role: SightRole): Promise<void> =>
      this.give(member, [role], ref, promise.line, fen, promise.dueDate);
    await give(promise.issuer, 'issuer');
    await give(await this.bankOf(promise.line), 'witness');
    if (opening !== null) await give(opening.body.terms.firstCreditor, 'creditor');
  }

  private async holding(record: RecordOf<'Holding'>): Promise<void> {
    const ref = refOf('Holding', record.id);
    const certificate = await this.mirror.record('Certificate', record.certificate);
    if (certificate === null) return;
    const { issuer, line, dueDate } = certificate.public;
    const opening = await this.mirror.opening<HoldingOpening>(ref);
    const fen = opening === null ? null : BigInt(opening.body.hi) - BigInt(opening.body.lo);
    const give = (member: string | null, role: SightRole): Promise<void> =>
      this.give(member, [role], ref, record.certificate, fen, dueDate);
    await give(issuer, 'issuer');
    await give(await this.bankOf(line), 'witness');
    if (opening === null) return;
    await give(opening.body.owner, 'owner');
    await this.showCertificate(opening.body.owner, 'holder', record.certificate);
    if (record.lock !== null) await this.lockedFor(record, opening.body, fen, dueDate);
  }

  /** A piece locked for an order is seen by those whom the order is with, who must know what they are offered. */
  private async lockedFor(
    record: RecordOf<'Holding'>,
    opening: HoldingOpening,
    fen: bigint | null,
    dueDate: string,
  ): Promise<void> {
    const order = await this.mirror.record('Order', record.lock?.order ?? '');
    if (order === null) return;
    const orderRef = refOf('Order', order.id);
    if (order.kind === 'financing') {
      await this.give(opening.owner, ['applicant'], orderRef, order.certificate, fen);
      for (const invitation of await this.mirror.within('Invitation', order.id)) {
        const invited = await this.mirror.opening<InvitationOpening>(invitation.ref);
        if (invited !== null) await this.showPiece(invited.body.bank, 'bank', order, fen, dueDate);
      }
    }
    if (order.kind === 'transfer') {
      const transfer = await this.mirror.opening<TransferOpening>(orderRef);
      if (transfer === null) return;
      await this.give(transfer.body.sender, ['sender'], orderRef, order.certificate, fen);
      await this.give(transfer.body.receiver, ['receiver'], orderRef, order.certificate, fen);
      await this.showPiece(transfer.body.receiver, 'receiver', order, fen, dueDate);
    }
  }

  private async order(record: RecordOf<'Order'>): Promise<void> {
    if (record.kind === 'settlement') return this.settlement(record);
    const piece = await this.mirror.record('Holding', record.holding);
    if (piece === null) return;
    const opening = await this.mirror.opening<HoldingOpening>(refOf('Holding', piece.id));
    const fen = opening === null ? null : BigInt(opening.body.hi) - BigInt(opening.body.lo);
    const certificate = await this.mirror.record('Certificate', record.certificate);
    const ref = refOf('Order', record.id);
    if (record.kind === 'financing') {
      if (opening !== null) await this.give(opening.body.owner, ['applicant'], ref, record.certificate, fen);
      return;
    }
    const transfer = await this.mirror.opening<TransferOpening>(ref);
    if (transfer === null) return;
    await this.give(transfer.body.sender, ['sender'], ref, record.certificate, fen);
    await this.give(transfer.body.receiver, ['receiver'], ref, record.certificate, fen);
    await this.showPiece(transfer.body.receiver, 'receiver', record, fen, certificate?.public.dueDate ?? '');
  }

  private async settlement(record: Extract<RecordOf<'Order'>, { kind: 'settlement' }>): Promise<void> {
    const certificate = await this.mirror.record('Certificate', record.certificate);
    if (certificate === null) return;
    const ref = refOf('Order', record.id);
    const opening = await this.mirror.opening<SettlementOpening>(ref);
    const fen = opening === null ? null : BigInt(opening.body.amountFen);
    await this.give(certificate.public.issuer, ['issuer'], ref, record.certificate, fen);
    await this.give(await this.bankOf(certificate.public.line), ['witness'], ref, record.certificate, fen);
  }

  private async page(record: RecordOf<'Page'>): Promise<void> {
    const order = await this.mirror.record('Order', record.order);
    const certificate = order === null ? null : await this.mirror.record('Certificate', order.certificate);
    if (order === null || certificate === null) return;
    const ref = refOf('Page', record.order, String(record.page));
    await this.give(certificate.public.issuer, ['issuer'], ref, record.order, null);
    await this.give(await this.bankOf(certificate.public.line), ['witness'], ref, record.order, null);
    const opening = await this.mirror.opening<PageOpening>(ref);
    for (const { holding } of record.lines) {
      const held = await this.mirror.opening<HoldingOpening>(refOf('Holding', holding));
      if (held === null) continue;
      const payment = refOf('Payment', record.order, String(record.page), holding);
      const line = opening?.body.lines.find((each) => each.holding === holding);
      if (line !== undefined && opening !== null) {
        const body: PaymentOpening = { order: record.order, page: record.page, ...line };
        this.mirror.putOpening({ ...opening, ref: payment, type: 'Payment', body });
      }
      const shown = (await this.mirror.opening<PaymentOpening>(payment))?.body;
      const fen = shown === undefined ? null : BigInt(shown.payoutFen) + BigInt(shown.interestFen);
      await this.give(held.body.owner, ['payee'], payment, order.certificate, fen);
    }
  }

  private async invitation({ invitation, order: orderId, bank, application }: InvitationOpening): Promise<void> {
    const order = await this.mirror.record('Order', orderId);
    if (order?.kind !== 'financing') return;
    const fen = BigInt(application.amountFen);
    const certificate = await this.mirror.record('Certificate', order.certificate);
    for (const [member, role] of [
      [bank, 'bank'],
      [application.applicant, 'applicant'],
    ] as const) {
      await this.give(member, [role], refOf('Invitation', invitation), orderId, fen);
      await this.give(member, [role], refOf('Order', orderId), order.certificate, fen);
    }
    await this.showPiece(bank, 'bank', order, fen, certificate?.public.dueDate ?? '');
  }

  private async quote({ quote, order: orderId, bank, terms }: QuoteOpening): Promise<void> {
    const order = await this.mirror.record('Order', orderId);
    if (order?.kind !== 'financing') return;
    const piece = await this.mirror.opening<HoldingOpening>(refOf('Holding', order.holding));
    const fen = BigInt(terms.netFen);
    await this.give(bank, ['bank'], refOf('Quote', quote), orderId, fen);
    if (piece !== null) await this.give(piece.body.owner, ['applicant'], refOf('Quote', quote), orderId, fen);
  }

  private async showPiece(
    member: string,
    role: SightRole,
    order: { holding: string; certificate: string },
    fen: bigint | null,
    dueDate: string,
  ): Promise<void> {
    await this.give(member, [role], refOf('Holding', order.holding), order.certificate, fen, dueDate);
    await this.showCertificate(member, role, order.certificate);
  }

  private async showCertificate(member: string, role: SightRole, id: string): Promise<void> {
    const certificate = await this.mirror.record('Certificate', id);
    if (certificate === null) return;
    const ref = refOf('Certificate', id);
    const opening = await this.mirror.opening<CertificateOpening>(ref);
    const fen = opening === null ? null : BigInt(opening.body.terms.faceFen);
    await this.give(member, [role], ref, certificate.public.line, fen, certificate.public.dueDate);
  }

  /** The bank that granted a line. A line is always opened to its bank when it is granted, so before any certificate. */
  private async bankOf(line: string): Promise<string | null> {
    return (await this.mirror.opening<LineOpening>(refOf('Line', line)))?.body.terms.bank ?? null;
  }

  private async give(
    member: string | null,
    roles: SightRole[],
    ref: Ref,
    scope: string | null,
    fen: bigint | null,
    sort = this.at,
  ): Promise<void> {
    if (member === null) return;
    const record = await this.mirror.record('Member', member);
    if (record?.host !== this.mirror.org) return; // another organisation shows its own members
    const key = `${member} ${ref}`;
    const known = this.given.get(key);
    if (known === undefined) {
      const type = ref.split('/')[0] ?? '';
      this.given.set(key, { member, ref, type, scope, roles: new Set(roles), sort, fen });
      return;
    }
    for (const role of roles) known.roles.add(role);
    known.fen = fen ?? known.fen;
  }
}
