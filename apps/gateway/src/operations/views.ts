import { Injectable } from '@nestjs/common';
import {
  financingLockHolds,
  type CertificateView,
  type FinancingView,
  type HoldingContext,
  type HoldingView,
  type Lock,
} from '@tallystick/domain';
import type {
  CertificateOpening,
  CertificateRecord,
  HoldingOpening,
  HoldingRecord,
  OrderOf,
  PartyRef,
  RecordOf,
} from '@tallystick/protocol';
import type { MemberScope } from '../database/database';
import { RefusedError } from '../problem/problem.error';
import { Book } from './book';
import { NetworkFacts, type Facts } from './network-facts';

/** A holding as a member sees it, ready for the rules. */
export interface SeenHolding {
  record: HoldingRecord;
  opening: HoldingOpening;
  certificate: SeenCertificate;
  view: HoldingView;
  context: HoldingContext;
}

export interface SeenCertificate {
  record: CertificateRecord;
  opening: CertificateOpening;
  view: CertificateView;
  faceFen: bigint;
}

export const certificateView = ({
  public: promise,
  status,
  paidInFull,
  settling,
}: CertificateRecord): CertificateView => ({
  status,
  dueDate: promise.dueDate,
  acceptBy: promise.acceptBy,
  paidInFull,
  settling: settling !== null,
});

const notFound = (record: string): RefusedError => new RefusedError({ code: 'RECORD_NOT_FOUND', details: { record } });

/** Loads what commands decide on, as the rules see it; what the member may not see does not exist. */
@Injectable()
export class Views {
  constructor(
    private readonly book: Book,
    private readonly network: NetworkFacts,
  ) {}

  async certificate(scope: MemberScope, id: string): Promise<SeenCertificate> {
    const record = await this.book.seen(scope, 'Certificate', id);
    const opening = await this.book.opening(scope.org, 'Certificate', id);
    return { record, opening, view: certificateView(record), faceFen: BigInt(opening.terms.faceFen) };
  }

  /** @throws RefusedError RECORD_NOT_FOUND */
  async holding(scope: MemberScope, facts: Facts, id: string): Promise<SeenHolding> {
    const record = await this.book.seen(scope, 'Holding', id);
    const opening = await this.book.opening(scope.org, 'Holding', id);
    const certificateRecord = await this.book.get(scope.org, 'Certificate', record.certificate);
    const certificateOpening = await this.book.opening(scope.org, 'Certificate', record.certificate);
    const certificate = {
      record: certificateRecord,
      opening: certificateOpening,
      view: certificateView(certificateRecord),
      faceFen: BigInt(certificateOpening.terms.faceFen),
    };
    const rules = await this.network.pinned(scope.org, facts, certificateRecord.public.rulePack);
    return {
      record,
      opening,
      certificate,
      view: {
        status: record.status,
        owner: opening.owner,
        depth: record.depth,
        lo: BigInt(opening.lo),
        hi: BigInt(opening.hi),
        paidFen: BigInt(opening.paid?.fen ?? '0'),
        lock: await this.liveLock(scope.org, record, facts.now),
      },
      context: { certificate: certificate.view, faceFen: certificate.faceFen, now: facts.now, rules },
    };
  }

  /** An order of a kind that the member may see. @throws RefusedError RECORD_NOT_FOUND */
  async order<K extends RecordOf<'Order'>['kind']>(scope: MemberScope, kind: K, id: string): Promise<OrderOf<K>> {
    const record = await this.book.seen(scope, 'Order', id);
    if (record.kind !== kind) throw notFound('Order');
    return record as OrderOf<K>;
  }

  /** A financing as the rules see it. The bank is known once a quote is accepted, to its own house and to the owner's. */
  async financing(scope: MemberScope, facts: Facts, id: string) {
    const order = await this.order(scope, 'financing', id);
    const piece = await this.holding(scope, facts, order.holding);
    const quote = order.quote === null ? null : await this.book.find(scope.org, 'Quote', order.quote);
    const agreed = quote === null ? null : await this.book.findOpening(scope.org, 'Invitation', quote.invitation);
    const { state, openUntil, decideBy } = order;
    const view: FinancingView = { state, owner: piece.opening.owner, openUntil, decideBy, bank: agreed?.bank ?? null };
    const agreement = await this.book.find(scope.org, 'Agreement', order.id);
    return { order, piece, view, agreement };
  }

  /** The invitation of an order to this bank, with its opening. @throws RefusedError RECORD_NOT_FOUND */
  async invitation(scope: MemberScope, order: string) {
    for (const record of await this.book.within(scope.org, 'Invitation', order)) {
      const opening = await this.book.findOpening(scope.org, 'Invitation', record.id);
      if (opening?.bank === scope.member) return { record, opening };
    }
    throw notFound('Invitation');
  }

  async party(org: string, id: string): Promise<PartyRef> {
    const member = await this.book.find(org, 'Member', id);
    return { id, name: member?.name ?? id, nameEn: member?.nameEn ?? id };
  }

  /** A member that a command names. @throws RefusedError NOT_A_MEMBER with the path of the field */
  async member(org: string, id: string, field: string): Promise<RecordOf<'Member'>> {
    const record = await this.book.find(org, 'Member', id);
    if (record === null) throw new RefusedError({ code: 'NOT_A_MEMBER', details: { memberId: id }, field });
    return record;
  }

  private async liveLock(org: string, { lock }: HoldingRecord, now: string): Promise<Lock | null> {
    if (lock === null) return null;
    if (lock.until !== null) return now < lock.until ? lock : null;
    const order = await this.book.get(org, 'Order', lock.order);
    if (order.kind !== 'financing') return lock;
    const agreement = order.state === 'agreed' ? await this.book.find(org, 'Agreement', order.id) : null;
    return financingLockHolds(order, agreement, now) ? lock : null;
  }
}
