import type {
  CertificateOpening,
  HoldingOpening,
  InvitationOpening,
  PageOpening,
  QuoteOpening,
  SealedApplication,
  SettlementOpening,
  TransferOpening,
} from '@tallystick/protocol';
import type { Firm } from '../testing/firm';
import type { LineBook } from '../testing/trade';

/*
 * The model: what the world looks like to somebody who sees all clear values. Plain values and no code of the contract's; the openings
 * are only carried along, to build calls from and to hold against the ledger.
 */

/** A credit line; `book` is what its issuer keeps of it. */
export interface Line {
  id: string;
  bank: Firm;
  issuer: Firm;
  limit: bigint;
  used: bigint;
  until: string;
  standIn: string;
  book: LineBook;
}

export interface Invoice {
  fingerprint: string;
  seller: Firm;
  number: string;
  gross: bigint;
  uses: { claim: Claim; amount: bigint }[];
}

/** A certificate. Amounts in fen. */
export interface Claim {
  id: string;
  line: Line;
  issuer: Firm;
  creditor: Firm;
  face: bigint;
  due: string;
  acceptBy: string;
  status: 'offered' | 'active' | 'declined' | 'withdrawn' | 'settled';
  paid: bigint;
  released: bigint | null;
  full: boolean;
  settling: Payment | null;
  lateFrom: string | null;
  carried: bigint;
  opening: CertificateOpening;
}

/** A holding: the cents `[lo, hi)` of its claim. */
export interface Part {
  id: string;
  claim: Claim;
  owner: Firm;
  lo: bigint;
  hi: bigint;
  depth: number;
  status: 'live' | 'consumed' | 'redeemed';
  lock: Offer | Deal | null;
  paid: bigint;
  opening: HoldingOpening;
}

export interface Offer {
  kind: 'offer';
  id: string;
  part: Part;
  sender: Firm;
  receiver: Firm;
  until: string;
  state: 'open' | 'accepted' | 'declined' | 'withdrawn';
  opening: TransferOpening;
}

/** A financing, from application to payment. */
export interface Deal {
  kind: 'deal';
  id: string;
  part: Part;
  owner: Firm;
  until: string;
  decideBy: string | null;
  state: 'open' | 'agreed' | 'funded' | 'ended';
  sealed: SealedApplication;
  chosen: Price | null;
  agreement: { state: 'approved' | 'ownerSigned' | 'signed'; validUntil: string } | null;
}

/** A bank that was shown an application. */
export interface Asked {
  deal: Deal;
  bank: Firm;
  refused: boolean;
  opening: InvitationOpening;
}

/** A bank's quote; `net` is the commitment that stands in public. */
export interface Price {
  asked: Asked;
  withdrawn: boolean;
  validUntil: string;
  net: string;
  opening: QuoteOpening;
}

export interface Share {
  part: Part;
  payout: bigint;
  interest: bigint;
  redeems: boolean;
  state: 'instructed' | 'credited' | 'returned';
}

/** A settlement. */
export interface Payment {
  id: string;
  claim: Claim;
  state: 'prepared' | 'funded' | 'allocated' | 'closed';
  opening: SettlementOpening;
  received: bigint;
  principal: bigint;
  interest: bigint;
  outstanding: bigint;
  full: boolean;
  pages: Share[][];
  /** Opening of the newest page. */
  previous: PageOpening | null;
}

/** Everything there is. */
export class Book {
  readonly lines: Line[] = [];
  readonly claims: Claim[] = [];
  readonly invoices: Invoice[] = [];
  readonly parts: Part[] = [];
  readonly offers: Offer[] = [];
  readonly deals: Deal[] = [];
  readonly asked: Asked[] = [];
  readonly prices: Price[] = [];
  readonly payments: Payment[] = [];
  readonly suspended = new Set<Firm>();
  /** Largest amount that one person of a firm may sign for; nothing when it is not named. */
  readonly solo = new Map<Firm, bigint>();
  readonly overdue = new Map<Firm, Claim[]>();

  partsOf(claim: Claim): Part[] {
    return this.parts
      .filter((part) => part.claim === claim && part.status !== 'consumed')
      .sort((a, b) => (a.lo < b.lo ? -1 : 1));
  }
}

export const sizeOf = ({ lo, hi }: Pick<Part, 'lo' | 'hi'>): bigint => hi - lo;
export const owedOn = ({ face, paid }: Claim): bigint => face - paid;

/** Whether a claim came to nothing. */
export const isDead = ({ status, acceptBy }: Claim, now: string): boolean =>
  status === 'declined' || status === 'withdrawn' || (status === 'offered' && now >= acceptBy);

/** Whether nothing is left of a part to dispose of: it is gone, or paid in full. */
export const isSpent = ({ status, paid, ...range }: Part): boolean => status !== 'live' || paid === sizeOf(range);

/** Whether what locked a part holds it still. */
export function isLocked({ lock }: Part, now: string): boolean {
  if (lock === null) return false;
  if (lock.kind === 'offer') return now < lock.until;
  if (lock.state === 'open') return now < lock.until;
  if (lock.state !== 'agreed') return false;
  return now < ((lock.agreement?.state === 'signed' ? lock.agreement.validUntil : lock.decideBy) ?? '');
}
