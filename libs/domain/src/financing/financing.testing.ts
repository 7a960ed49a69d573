import { endOfDay } from '../calendar';
import type { CertificateView } from '../certificate';
import type { HoldingContext, HoldingView } from '../holding';
import { testRules } from '../rule-pack/rule-pack.testing';
import type { FinancingView } from './apply';
import type { QuoteContext, QuoteTermsView } from './quote';

/** For specs: a moment on a date. */
export const at = (date: string, utc = '02:00') => `${date}T${utc}:00.000Z`;

/** For specs: an active certificate over 123,456.78 due 2026-06-30, and its one holding (T02). */
export const certificate: CertificateView = {
  status: 'active',
  dueDate: '2026-06-30',
  acceptBy: at('2026-01-10'),
  paidInFull: false,
  settling: false,
};
export const amountFen = 12_345_678n;
export const holding: HoldingView = {
  lo: 0n,
  hi: amountFen,
  status: 'live',
  owner: 'supplier',
  depth: 1,
  paidFen: 0n,
  lock: null,
};
export const now = at('2026-01-15');
export const holdingContext: HoldingContext = { certificate, faceFen: amountFen, now, rules: testRules };

/** For specs: the order and a quote on it with the figures of T02 and T10. */
export const openOrder: FinancingView = {
  state: 'open',
  owner: 'supplier',
  openUntil: at('2026-01-20'),
  decideBy: null,
  bank: null,
};
export const agreedOrder: FinancingView = {
  ...openOrder,
  state: 'agreed',
  bank: 'bank',
  decideBy: endOfDay('2026-01-22'),
};
export const quoteContext: QuoteContext = {
  order: openOrder,
  application: { amountFen, recourse: false, interestBearer: 'supplier' },
  invitedBank: 'bank',
  dueDate: certificate.dueDate,
  now,
  rules: testRules,
};
export const quoteTerms: QuoteTermsView = {
  amountFen,
  recourse: false,
  interestBearer: 'supplier',
  ratePpm: 43_500,
  basis: 'ACT_360',
  valueDate: '2026-01-15',
  endDate: '2026-06-30',
  fees: [{ name: 'service', payee: 'bank', fen: 17_078n }],
  days: 166,
  interestFen: 247_634n,
  netFen: 12_080_966n,
  aprPpm: 47_519,
};
