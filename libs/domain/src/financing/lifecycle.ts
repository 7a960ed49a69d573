import type { Lifecycle } from '../lifecycle';

export type FinancingState = 'open' | 'agreed' | 'funded' | 'ended';
export type FinancingAction = 'acceptQuote' | 'disburse' | 'withdraw' | 'reject' | 'fail';

/** A financing application (融资). However it ends, the claim behind it is unharmed (I9, T36). */
export const financingLifecycle: Lifecycle<FinancingState, FinancingAction> = {
  noun: 'financing order',
  initial: 'open',
  refusal: 'ORDER_STATE',
  states: {
    open: { zh: '询价中', en: 'open' },
    agreed: { zh: '已选定报价', en: 'agreed' },
    funded: { zh: '已放款', en: 'funded' },
    ended: { zh: '已终止', en: 'ended' },
  },
  edges: [
    { action: 'acceptQuote', from: ['open'], to: 'agreed', by: 'owner' },
    { action: 'disburse', from: ['agreed'], to: 'funded', by: 'bank, with an independent receipt, once both signed' },
    { action: 'withdraw', from: ['open'], to: 'ended', by: 'owner, before a quote is accepted' },
    { action: 'reject', from: ['agreed'], to: 'ended', by: 'chosen bank, before the agreement is signed' },
    { action: 'fail', from: ['agreed'], to: 'ended', by: 'owner and bank together, when the payment came back' },
  ],
};

export type QuoteState = 'open' | 'withdrawn';
export type QuoteAction = 'withdraw';

/** A bank's price, known to it and the applicant only. A better one is a new quote. */
export const quoteLifecycle: Lifecycle<QuoteState, QuoteAction> = {
  noun: 'quote',
  initial: 'open',
  refusal: 'QUOTE_STATE',
  states: { open: { zh: '有效', en: 'open' }, withdrawn: { zh: '已撤回', en: 'withdrawn' } },
  edges: [{ action: 'withdraw', from: ['open'], to: 'withdrawn', by: 'bank, until it is accepted' }],
};

export type AgreementState = 'approved' | 'ownerSigned' | 'signed';
export type AgreementAction = 'ownerSign' | 'bankSign';

/** The financing agreement: signed by the owner first, by the bank second (T35). */
export const agreementLifecycle: Lifecycle<AgreementState, AgreementAction> = {
  noun: 'financing agreement',
  initial: 'approved',
  refusal: 'SIGNING_OUT_OF_ORDER',
  states: {
    approved: { zh: '已审批', en: 'approved' },
    ownerSigned: { zh: '持有人已签署', en: 'signed by the owner' },
    signed: { zh: '双方已签署', en: 'signed by both' },
  },
  edges: [
    { action: 'ownerSign', from: ['approved'], to: 'ownerSigned', by: 'owner' },
    { action: 'bankSign', from: ['ownerSigned'], to: 'signed', by: 'bank' },
  ],
};
