import { addBusinessDays, businessDateOf, earlierOf, endOfDay, type Instant, type IsoDate } from '../calendar';
import { blackoutFrom, interestEndDate } from '../certificate';
import { step } from '../lifecycle';
import { accept, refuse, type Outcome } from '../refusal';
import type { RulePack } from '../rule-pack';
import { decideOpen, type FinancingView } from './apply';
import { financingLifecycle, quoteLifecycle, type FinancingState, type QuoteState } from './lifecycle';
import { priceFinancing, type Price, type PriceRequest } from './price';

/** What the owner asks of the banks. */
export interface ApplicationTerms {
  amountFen: bigint;
  recourse: boolean;
  interestBearer: 'supplier' | 'core';
}

/** A bank's quote with the figures it states, all of which are computed again. */
export interface QuoteTermsView extends PriceRequest {
  recourse: boolean;
  days: number;
  interestFen: bigint;
  netFen: bigint;
  aprPpm: number;
}

/** What a quote looks at besides itself. */
export interface QuoteContext {
  order: FinancingView;
  application: ApplicationTerms;
  /** The bank of the invitation, null when it refused or there is none. */
  invitedBank: string | null;
  dueDate: IsoDate;
  now: Instant;
  rules: RulePack;
}

/** The latest end of a quote given now, and never into the blackout. */
export function quoteDeadline(dueDate: IsoDate, now: Instant, rules: RulePack): Instant {
  const end = endOfDay(addBusinessDays(rules.calendar, businessDateOf(now), rules.quoteValidBusinessDays).date);
  return earlierOf(end, blackoutFrom(dueDate, rules));
}

/** The first stated figure that differs from what was asked or is computed, with the value it should have. */
function misstated(
  terms: QuoteTermsView,
  price: Price,
  context: QuoteContext,
): { item: string; expected: string } | null {
  const { application, dueDate, rules } = context;
  const figures: [item: string, stated: unknown, expected: unknown][] = [
    ['amountFen', terms.amountFen, application.amountFen],
    ['recourse', terms.recourse, application.recourse],
    ['interestBearer', terms.interestBearer, application.interestBearer],
    ['endDate', terms.endDate, interestEndDate(dueDate, rules)],
    ['days', terms.days, price.days],
    ['interestFen', terms.interestFen, price.interestFen],
    ['netFen', terms.netFen, price.netFen],
    ['aprPpm', terms.aprPpm, Number(price.aprPpm)],
  ];
  const wrong = figures.find(([, stated, expected]) => stated !== expected);
  return wrong ? { item: wrong[0], expected: String(wrong[2]) } : null;
}

/**
 * Whether an invited bank may give this quote (I15). Refuses with NOT_INVITED, ORDER_STATE, ORDER_OVER, QUOTE_EXPIRED and BAD_INPUT
 * (`validUntil` past or above the deadline; `valueDate` past), QUOTE_WITHOUT_NET, QUOTE_ARITHMETIC (names the figure).
 */
export function decideQuote(
  terms: QuoteTermsView,
  bank: string,
  validUntil: Instant,
  context: QuoteContext,
): Outcome<Price> {
  const { now, rules } = context;
  if (context.invitedBank !== bank) return refuse('NOT_INVITED');
  const open = decideOpen(context.order, now);
  if (!open.ok) return open;
  if (validUntil <= now) return refuse('QUOTE_EXPIRED', { until: validUntil }, { field: 'validUntil' });
  const latest = quoteDeadline(context.dueDate, now, rules);
  if (validUntil > latest)
    return refuse('BAD_INPUT', { latest }, { field: 'validUntil', rule: 'rule pack: quoteValidBusinessDays' });
  const earliest = businessDateOf(now);
  if (terms.valueDate < earliest) return refuse('BAD_INPUT', { earliest }, { field: 'valueDate' });
  if (terms.fees.some(({ fen }) => fen < 0n)) return refuse('BAD_INPUT', {}, { field: 'fees' });
  const price = priceFinancing(terms);
  if (!price.ok) return price;
  const wrong = misstated(terms, price.value, context);
  return wrong ? refuse('QUOTE_ARITHMETIC', wrong, { field: wrong.item }) : price;
}

/** A quote as the rules see it. */
export interface QuoteView {
  state: QuoteState;
  bank: string;
  validUntil: Instant;
}

/** Whether the bank may take its quote back. Refuses with NOT_INVITED, QUOTE_STATE. */
export function decideWithdrawQuote(quote: QuoteView, caller: string): Outcome<QuoteState> {
  return quote.bank === caller ? step(quoteLifecycle, quote.state, 'withdraw') : refuse('NOT_INVITED');
}

/** Until when the bank decides and both sign when a quote is accepted now; never into the blackout. */
export function decideByDeadline(dueDate: IsoDate, now: Instant, rules: RulePack): Instant {
  const end = endOfDay(addBusinessDays(rules.calendar, businessDateOf(now), rules.decideBusinessDays).date);
  return earlierOf(end, blackoutFrom(dueDate, rules));
}

/** Whether the owner may choose this quote; exactly one wins. Refuses with NOT_OWNER, ORDER_STATE, ORDER_OVER, QUOTE_STATE, QUOTE_EXPIRED. */
export function decideAcceptQuote(
  order: FinancingView,
  quote: Pick<QuoteView, 'state' | 'validUntil'>,
  caller: string,
  context: Pick<QuoteContext, 'dueDate' | 'now' | 'rules'>,
): Outcome<{ state: FinancingState; decideBy: Instant }> {
  const { dueDate, now, rules } = context;
  if (order.owner !== caller) return refuse('NOT_OWNER');
  const open = decideOpen(order, now);
  if (!open.ok) return open;
  if (quote.state !== 'open') return refuse('QUOTE_STATE', { state: quote.state });
  if (now >= quote.validUntil) return refuse('QUOTE_EXPIRED', { until: quote.validUntil });
  const next = step(financingLifecycle, order.state, 'acceptQuote');
  return next.ok ? accept({ state: next.value, decideBy: decideByDeadline(dueDate, now, rules) }) : next;
}
