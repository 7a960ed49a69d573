import { endOfDay } from '../calendar';
import { shareByRatio } from '../rate';
import type { RefusalCode } from '../refusal';
import { expectAccepted, expectRefusal } from '../refusal/refusal.testing';
import { amountFen, at, agreedOrder, now, openOrder, quoteContext, quoteTerms } from './financing.testing';
import type { FinancingView } from './apply';
import { priceFinancing } from './price';
import {
  decideAcceptQuote,
  decideByDeadline,
  decideQuote,
  decideWithdrawQuote,
  quoteDeadline,
  type QuoteContext,
  type QuoteTermsView,
  type QuoteView,
} from './quote';

const validUntil = endOfDay('2026-01-20');

describe('the price of a financing', () => {
  it('T02 and T10: interest, fees, net and all-in APR', () => {
    const price = expectAccepted(priceFinancing(quoteTerms));
    expect(price).toEqual({ days: 166, interestFen: 247_634n, feesFen: 17_078n, netFen: 12_080_966n, aprPpm: 47_519n });
  });

  it('T01: without fees', () => {
    const request = {
      ...quoteTerms,
      amountFen: 100_000_000n,
      valueDate: '2025-07-01',
      endDate: '2025-12-28',
      fees: [],
    };
    expect(expectAccepted(priceFinancing(request))).toMatchObject({ interestFen: 2_175_000n, netFen: 97_825_000n });
  });

  it('T09: the share of an interest borne by two', () => {
    const { interestFen } = expectAccepted(priceFinancing(quoteTerms));
    const [core, supplier] = shareByRatio(interestFen, [600_000n, 400_000n]);
    expect([core, supplier, amountFen - (supplier ?? 0n)]).toEqual([148_580n, 99_054n, 12_246_624n]);
  });

  it('leaves the interest to the core when it bears it', () => {
    const price = expectAccepted(priceFinancing({ ...quoteTerms, interestBearer: 'core' }));
    expect(price).toMatchObject({ interestFen: 247_634n, netFen: amountFen - 17_078n });
  });

  it('refuses a price without a day or without a net amount', () => {
    expectRefusal(priceFinancing({ ...quoteTerms, valueDate: '2026-06-30' }), 'BAD_INPUT');
    expectRefusal(
      priceFinancing({ ...quoteTerms, basis: '30_360', valueDate: '2026-03-30', endDate: '2026-03-31' }),
      'QUOTE_WITHOUT_NET',
    );
    const fees = [{ name: 'all', payee: 'bank', fen: amountFen - 247_634n }];
    expectRefusal(priceFinancing({ ...quoteTerms, fees }), 'QUOTE_WITHOUT_NET');
  });
});

describe('quotes', () => {
  it('are taken with right figures', () => {
    expectAccepted(decideQuote(quoteTerms, 'bank', validUntil, quoteContext));
    const fees = [...quoteTerms.fees, { name: 'waived', payee: 'bank', fen: 0n }];
    expectAccepted(decideQuote({ ...quoteTerms, fees }, 'bank', validUntil, quoteContext));
  });

  it.each<[string, Partial<QuoteTermsView>]>([
    ['amountFen', { amountFen: amountFen - 1n }],
    ['recourse', { recourse: true }],
    ['interestBearer', { interestBearer: 'core' }],
    ['endDate', { endDate: '2026-06-29' }],
    ['days', { days: 165 }],
    ['interestFen', { interestFen: 247_633n }],
    ['netFen', { netFen: 12_080_967n }],
    ['aprPpm', { aprPpm: 43_500 }],
  ])('are refused with a wrong %s (I15)', (item, change) => {
    const refusal = expectRefusal(
      decideQuote({ ...quoteTerms, ...change }, 'bank', validUntil, quoteContext),
      'QUOTE_ARITHMETIC',
    );
    expect(refusal.field).toBe(item);
  });

  it.each<[string, Partial<QuoteTermsView>, string, string, Partial<QuoteContext>, RefusalCode]>([
    ['of a bank not invited', {}, 'other', validUntil, {}, 'NOT_INVITED'],
    ['of a bank that refused', {}, 'bank', validUntil, { invitedBank: null }, 'NOT_INVITED'],
    ['when another was accepted', {}, 'bank', validUntil, { order: agreedOrder }, 'ORDER_STATE'],
    ['after the application', {}, 'bank', validUntil, { now: openOrder.openUntil }, 'ORDER_OVER'],
    ['that are over', {}, 'bank', now, {}, 'QUOTE_EXPIRED'],
    ['that last too long', {}, 'bank', endOfDay('2026-01-21'), {}, 'BAD_INPUT'],
    ['paid out yesterday', { valueDate: '2026-01-14' }, 'bank', validUntil, {}, 'BAD_INPUT'],
    ['with a negative fee', { fees: [{ name: 'x', payee: 'bank', fen: -1n }] }, 'bank', validUntil, {}, 'BAD_INPUT'],
    ['paid out at maturity', { valueDate: '2026-06-30' }, 'bank', validUntil, {}, 'BAD_INPUT'],
  ])('are refused %s', (_, terms, bank, until, context, code) => {
    expectRefusal(decideQuote({ ...quoteTerms, ...terms }, bank, until, { ...quoteContext, ...context }), code);
  });

  it('end three business days on, never in the blackout', () => {
    expect(quoteDeadline('2026-06-30', now, quoteContext.rules)).toBe(validUntil);
    expect(quoteDeadline('2026-06-30', at('2026-06-25'), quoteContext.rules)).toBe(endOfDay('2026-06-25'));
  });

  it('are withdrawn once, by their bank', () => {
    const quote: QuoteView = { state: 'open', bank: 'bank', validUntil };
    expect(expectAccepted(decideWithdrawQuote(quote, 'bank'))).toBe('withdrawn');
    expectRefusal(decideWithdrawQuote(quote, 'other'), 'NOT_INVITED');
    expectRefusal(decideWithdrawQuote({ ...quote, state: 'withdrawn' }, 'bank'), 'QUOTE_STATE');
  });
});

describe('choosing a quote', () => {
  const quote = { state: 'open' as const, validUntil };

  it('gives the bank five business days, never into the blackout', () => {
    expect(expectAccepted(decideAcceptQuote(openOrder, quote, 'supplier', quoteContext))).toEqual({
      state: 'agreed',
      decideBy: endOfDay('2026-01-22'),
    });
    expect(decideByDeadline('2026-06-30', at('2026-06-24'), quoteContext.rules)).toBe(endOfDay('2026-06-25'));
  });

  it.each<
    [string, Partial<FinancingView>, Partial<typeof quote> | { state: 'withdrawn' }, string, string, RefusalCode]
  >([
    ['by another', {}, {}, 'bank', now, 'NOT_OWNER'],
    ['after another was chosen', { state: 'agreed' }, {}, 'supplier', now, 'ORDER_STATE'],
    ['after the application', {}, {}, 'supplier', openOrder.openUntil, 'ORDER_OVER'],
    ['that was withdrawn', {}, { state: 'withdrawn' }, 'supplier', now, 'QUOTE_STATE'],
    ['that is over', {}, { validUntil: now }, 'supplier', now, 'QUOTE_EXPIRED'],
  ])('is refused %s', (_, order, quoteChange, caller, moment, code) => {
    const outcome = decideAcceptQuote({ ...openOrder, ...order }, { ...quote, ...quoteChange }, caller, {
      ...quoteContext,
      now: moment,
    });
    expectRefusal(outcome, code);
  });
});
