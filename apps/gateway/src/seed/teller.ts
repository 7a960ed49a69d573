import {
  acceptCertificate,
  acceptQuote,
  acceptTransfer,
  applyForCash,
  approve,
  cny,
  declineCertificate,
  offer,
  quote,
  settle,
  signAndDisburse,
  withdrawCertificate,
  type Firm,
} from '@tallystick/client';
import { formatAmount, parseAmount, sumFen } from '@tallystick/domain';
import { FIRMS, type FirmName } from './firms';
import { backgroundOf, withTax } from './paper';
import { LINES, type Act, type BankName, type PlannedCertificate } from './plan';

export type Firms = Readonly<Record<FirmName, Firm>>;

/** What an owner still has free of a certificate. */
interface Hand {
  holding: string;
  fen: bigint;
}

/** Tells what happens to one issued certificate, each act through the API as the firm it concerns. */
export class Teller {
  private readonly hands = new Map<FirmName, Hand>();
  private readonly issuer: FirmName;
  private acts = 0;

  constructor(
    private readonly firms: Firms,
    private readonly planned: PlannedCertificate,
    private readonly certificate: string,
    private readonly index: number,
  ) {
    this.issuer = LINES[planned.line].issuer;
  }

  /** @param date business date of the act */
  async tell(act: Act, date: string): Promise<void> {
    this.acts += 1;
    const { creditor, nets } = this.planned;
    switch (act.do) {
      case 'accept': {
        const holding = await acceptCertificate(this.firms[creditor], this.certificate);
        this.hands.set(creditor, { holding, fen: sumFen(nets.map((net) => parseAmount(withTax(net)))) });
        return;
      }
      case 'decline':
        return declineCertificate(this.firms[creditor], this.certificate, act.because);
      case 'withdraw':
        return withdrawCertificate(this.firms[this.issuer], this.certificate);
      case 'pass':
        return this.pass(act, date);
      case 'finance':
        return this.finance(act);
      case 'pay':
        await settle(this.firms[this.issuer], this.certificate, act.amount === undefined ? undefined : cny(act.amount));
    }
  }

  private async pass({ from, to, pending }: Act & { do: 'pass' }, date: string): Promise<void> {
    const hand = this.handOf(from);
    const pieces = to.map(([receiver, amount]) => ({
      receiver,
      fen: amount === undefined ? hand.fen : parseAmount(amount),
    }));
    const receivers = pieces.map(({ receiver, fen }, place) => ({
      member: FIRMS[receiver].uscc,
      amount: cny(formatAmount(fen)),
      background: backgroundOf(receiver, date, this.index * 50 + this.acts * 5 + place),
    }));
    const { orders, remainder } = await offer(this.firms[from], hand.holding, receivers);
    this.keep(from, remainder, hand.fen - sumFen(pieces.map(({ fen }) => fen)));
    if (pending === true) return;
    for (const [place, { receiver, fen }] of pieces.entries()) {
      const holding = await acceptTransfer(this.firms[receiver], orders[place] ?? '');
      this.hands.set(receiver, { holding, fen });
    }
  }

  private async finance({ owner, amount, rates, until }: Act & { do: 'finance' }): Promise<void> {
    const hand = this.handOf(owner);
    const fen = amount === undefined ? hand.fen : parseAmount(amount);
    const asked = Object.entries(rates) as [BankName, string][];
    const { order, remainder } = await applyForCash(this.firms[owner], hand.holding, {
      amount: cny(formatAmount(fen)),
      banks: asked.map(([bank]) => FIRMS[bank].uscc),
      recourse: false,
      interestBearer: 'supplier',
      note: '采购原材料',
    });
    this.keep(owner, remainder, hand.fen - fen);
    const quotes = await Promise.all(
      asked.map(async ([bank, rate]) => ({
        bank,
        rate,
        id: await quote(this.firms[bank], order, { rate, basis: 'ACT_360', fees: [] }),
      })),
    );
    if (until === 'quoted') return;
    const [best] = quotes.sort((a, b) => (parseAmount(a.rate) < parseAmount(b.rate) ? -1 : 1));
    if (best === undefined) throw new Error('no bank was asked');
    await acceptQuote(this.firms[owner], order, best.id);
    await approve(this.firms[best.bank], order);
    if (until === 'approved') return;
    await signAndDisburse(this.firms[owner], this.firms[best.bank], order);
  }

  private handOf(owner: FirmName): Hand {
    const hand = this.hands.get(owner);
    if (hand === undefined) throw new Error(`${owner} holds nothing of certificate ${String(this.index)}`);
    return hand;
  }

  private keep(owner: FirmName, holding: string | null, fen: bigint): void {
    if (holding === null) this.hands.delete(owner);
    else this.hands.set(owner, { holding, fen });
  }
}
