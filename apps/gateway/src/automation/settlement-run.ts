import { Injectable, Logger } from '@nestjs/common';
import { hashJson } from '@tallystick/crypto';
import { decideFunds, type RulePack } from '@tallystick/domain';
import {
  buildAllocate,
  buildCloseSettlement,
  buildCredited,
  buildFunds,
  certificateNo,
  SignedInstructionSchema,
  type CertificateOpening,
  type HoldingOpening,
  type OrderOf,
  type PageOpening,
  type RecordOf,
  type SettlementOpening,
  type Unsigned,
} from '@tallystick/protocol';
import { Book } from '../operations/book';
import { NetworkFacts, type Facts } from '../operations/network-facts';
import { certificateView, Views } from '../operations/views';
import { BankRefused } from '../paying-bank/client';
import { COLLECTION_ACCOUNT } from '../paying-bank/ledger-of-accounts';
import type { PaymentOrderRow } from './payment-order.entity';
import { Payments } from './payments.service';
import { ServiceActs, type ServiceIdentity } from './service-acts';
import { Worklist } from './worklist';

type Order = OrderOf<'settlement'>;

/** One settlement with what its steps need. */
interface Case {
  us: ServiceIdentity;
  facts: Facts;
  order: Order;
  certificate: RecordOf<'Certificate'>;
  opening: CertificateOpening;
  settlement: SettlementOpening;
  rules: RulePack;
}

/**
 * 清分: the paying bank's part of a settlement, step by step from what the ledger shows: collect, funds, allocate pages, pay out,
 * credited, close. Each step is taken once, whatever dies in between.
 */
@Injectable()
export class SettlementRun {
  private readonly log = new Logger('SettlementRun');

  constructor(
    private readonly worklist: Worklist,
    private readonly book: Book,
    private readonly views: Views,
    private readonly network: NetworkFacts,
    private readonly payments: Payments,
    private readonly acts: ServiceActs,
  ) {}

  async run(us: ServiceIdentity): Promise<void> {
    const facts = await this.network.at(us.org);
    for (const order of await this.worklist.openSettlements(us.org)) {
      const settlement = (await this.book.findOpening(us.org, 'Order', order.id)) as SettlementOpening | null;
      const opening = await this.book.findOpening(us.org, 'Certificate', order.certificate);
      if (settlement === null || opening === null) continue; // its copy comes by a deposit
      const certificate = await this.book.get(us.org, 'Certificate', order.certificate);
      const rules = await this.network.pinned(us.org, facts, certificate.public.rulePack);
      await this.step({ us, facts, order, certificate, opening, settlement, rules });
    }
  }

  private async step(one: Case): Promise<void> {
    const { state, pages, creditedPages } = one.order;
    if (state === 'prepared') return this.collect(one);
    for (let page = 0; page < pages; page++) await this.payOut(one, page);
    if (state === 'funded') return this.allocate(one);
    if (state === 'allocated' && creditedPages >= pages) await this.close(one);
  }

  /** The issuer's money: ordered once; what really came in is what the ledger is told. */
  private async collect(one: Case): Promise<void> {
    const { us, facts, order, certificate, settlement } = one;
    const issuer = await this.views.party(us.org, certificate.public.issuer);
    const payment = await this.payments.order(
      us.org,
      {
        kind: 'funding',
        subject: order.id,
        attempt: 0,
        bank: us.org,
        amountFen: BigInt(settlement.amountFen),
        debtor: issuer,
        creditor: { id: COLLECTION_ACCOUNT, name: us.org },
        remittance: certificateNo(certificate.public.issuedOn, certificate.public.id),
        executeOn: facts.today,
      },
      facts.rawNow,
    );
    if (payment.state === 'credited') await this.funds(one, payment);
  }

  private async funds(one: Case, payment: PaymentOrderRow): Promise<void> {
    const { us, facts, order, certificate, opening, rules } = one;
    const [receivedFen, paidOn] = [BigInt(payment.receivedFen ?? '0'), payment.bookedOn ?? ''];
    const { terms, paid, carried } = opening;
    const owed = {
      faceFen: BigInt(terms.faceFen),
      paidFen: BigInt(paid?.fen ?? '0'),
      dueDate: certificate.public.dueDate,
      latePpmPerDay: terms.latePpmPerDay,
      lateFrom: certificate.lateFrom,
      carriedFen: BigInt(carried?.fen ?? '0'),
    };
    const met = decideFunds(order, certificateView(certificate), owed, { receivedFen, paidOn }, facts.now, rules);
    if (!met.ok) {
      this.log.error({ alarm: 'FUNDS_NOT_USABLE', org: us.org, order: order.id, code: met.refusal.code });
      // The notification may have said another amount than the bank's books, which count.
      await this.payments.recheck(payment);
      return;
    }
    const { checkpoint, state: _state, ...amounts } = met.value;
    const carriedFen = checkpoint.carriedFen === 0n ? null : checkpoint.carriedFen;
    try {
      await this.acts.send(
        us,
        ['funds', order.id],
        certificate.public.rulePack,
        (input) =>
          buildFunds({
            ...input,
            order: order.id,
            certificate: order.certificate,
            receivedFen,
            amounts: { ...amounts, carriedFen },
            paidOn,
            reference: payment.bankReference ?? '',
          }),
        (unsigned) => this.signedByBank(us, payment, unsigned),
      );
    } catch (error) {
      if (!(error instanceof BankRefused)) throw error;
      // The notification said something else than the bank's books: its books count.
      await this.payments.recheck(payment);
    }
  }

  /** Only the paying bank itself says that money came in. @throws BankRefused */
  private async signedByBank({ org }: ServiceIdentity, { bank, endToEndId }: PaymentOrderRow, unsigned: Unsigned) {
    const request = { endToEndId, instruction: unsigned.instruction, secret: unsigned.secret, net: null };
    const signature = await this.payments.client(org).sign(bank, request);
    return SignedInstructionSchema.parse({ ...unsigned, signatures: [signature] });
  }

  /** The next page of holdings, in order of position and without gap; while a copy is missing it waits. */
  private async allocate(one: Case): Promise<void> {
    const { us, order, certificate, opening, rules } = one;
    const before = order.pages === 0 ? null : await this.pageOpening(us.org, order.id, order.pages - 1);
    if (order.pages > 0 && before === null) return;
    const from = before === null ? opening.terms.originFen : before.cutToFen;
    const holdings = await this.nextHoldings(us.org, order.certificate, BigInt(from), rules.maxAllocationPage);
    if (holdings === null) return;
    await this.acts.send(us, ['allocate', order.id, String(order.pages)], certificate.public.rulePack, (input) =>
      buildAllocate({ ...input, order: order.id, certificate: order.certificate, page: order.pages, holdings }),
    );
  }

  private async nextHoldings(org: string, certificate: string, from: bigint, most: number): Promise<string[] | null> {
    const openings: HoldingOpening[] = [];
    for (const { id, status } of await this.book.within(org, 'Holding', certificate)) {
      if (status === 'consumed') continue;
      const isProven = await this.book.isProven(org, 'Holding', id);
      const opening = isProven ? await this.book.findOpening(org, 'Holding', id) : null;
      if (opening !== null && BigInt(opening.lo) >= from) openings.push(opening);
    }
    openings.sort((one, other) => (BigInt(one.lo) < BigInt(other.lo) ? -1 : 1));
    const page = openings.slice(0, most);
    let at = from;
    for (const { lo, hi } of page) {
      if (BigInt(lo) !== at) return null;
      at = BigInt(hi);
    }
    return page.length === 0 ? null : page.map(({ holding }) => holding);
  }

  /** Pays the lines of a page that are not credited yet, and tells the ledger what the bank answered. */
  private async payOut(one: Case, number: number): Promise<void> {
    const { us, order } = one;
    const page = await this.book.find(us.org, 'Page', order.id, String(number));
    const opening = await this.pageOpening(us.org, order.id, number);
    if (page === null || opening === null) return;
    const results: { holding: string; state: 'credited' | 'returned'; reference: string }[] = [];
    for (const { holding, state } of page.lines) {
      const line = opening.lines.find((each) => each.holding === holding);
      const fen = line === undefined ? 0n : BigInt(line.payoutFen) + BigInt(line.interestFen);
      if (fen === 0n) continue;
      const payment = await this.payee(one, { number, holding, fen, wanted: state !== 'credited' });
      if (payment === null) continue;
      const reference = payment.bankReference ?? payment.endToEndId;
      if (payment.state === 'credited' && state !== 'credited') results.push({ holding, state: 'credited', reference });
      if ((payment.state === 'returned' || payment.state === 'rejected') && state !== 'returned') {
        results.push({ holding, state: 'returned', reference });
      }
    }
    if (results.length === 0) return;
    const content = hashJson('tallystick/credited/1', [results, page.lines.map(({ state }) => state)]);
    await this.acts.send(us, ['credited', order.id, String(number), content], null, (input) =>
      buildCredited({ ...input, order: order.id, page: number, results }),
    );
  }

  /**
   * The payment of one line as it stands. One that came back is ordered anew once the ledger knows of the return.
   */
  private async payee(
    { us, facts, order, certificate }: Case,
    { number, holding, fen, wanted }: { number: number; holding: string; fen: bigint; wanted: boolean },
  ): Promise<PaymentOrderRow | null> {
    const subject = `${order.id}/${String(number)}/${holding}`;
    const latest = await this.payments.latest(us.org, 'payout', subject);
    const failed = latest !== null && (latest.state === 'returned' || latest.state === 'rejected');
    const page = await this.book.get(us.org, 'Page', order.id, String(number));
    const known = page.lines.find((each) => each.holding === holding)?.state;
    const again = failed && known === 'returned';
    if (latest !== null && !again) return latest;
    if (!wanted) return null;
    const owner = await this.book.findOpening(us.org, 'Holding', holding);
    if (owner === null) return null;
    const payee = await this.views.party(us.org, owner.owner);
    const bank = await this.views.party(us.org, us.member);
    return this.payments.order(
      us.org,
      {
        kind: 'payout',
        subject,
        attempt: again ? latest.attempt + 1 : 0,
        bank: us.org,
        amountFen: fen,
        debtor: bank,
        creditor: payee,
        remittance: certificateNo(certificate.public.issuedOn, certificate.public.id),
        executeOn: facts.today,
      },
      facts.rawNow,
    );
  }

  private async close({ us, order, certificate }: Case): Promise<void> {
    await this.acts.send(us, ['close', order.id, String(order.creditedPages)], certificate.public.rulePack, (input) =>
      buildCloseSettlement({ ...input, order: order.id, certificate: order.certificate }),
    );
  }

  private pageOpening(org: string, order: string, page: number): Promise<PageOpening | null> {
    return this.book.findOpening(org, 'Page', order, String(page));
  }
}
