import type { Lifecycle } from '../lifecycle';

export type SettlementState = 'prepared' | 'funded' | 'allocated' | 'closed';
export type SettlementAction = 'fund' | 'allocateLast' | 'close';

/** One payment of a certificate (兑付), in part or in full; several may follow one another. */
export const settlementLifecycle: Lifecycle<SettlementState, SettlementAction> = {
  noun: 'settlement',
  initial: 'prepared',
  refusal: 'SETTLEMENT_STATE',
  states: {
    prepared: { zh: '待付款', en: 'prepared' },
    funded: { zh: '已到账', en: 'funded' },
    allocated: { zh: '已清分', en: 'allocated' },
    closed: { zh: '已完成', en: 'closed' },
  },
  edges: [
    { action: 'fund', from: ['prepared'], to: 'funded', by: 'paying bank, when the money came in' },
    { action: 'allocateLast', from: ['funded'], to: 'allocated', by: 'paying bank, with the last page' },
    { action: 'close', from: ['allocated'], to: 'closed', by: 'paying bank, once every page is credited' },
  ],
};

export type PayoutState = 'instructed' | 'credited' | 'returned';
export type PayoutAction = 'credit' | 'return';

/** One holding's payout; a return may follow a credit, and a returned payout is sent again. */
export const payoutLifecycle: Lifecycle<PayoutState, PayoutAction> = {
  noun: 'payout',
  initial: 'instructed',
  refusal: 'LINE_STATE',
  states: {
    instructed: { zh: '已指示付款', en: 'instructed' },
    credited: { zh: '已入账', en: 'credited' },
    returned: { zh: '已退回', en: 'returned' },
  },
  edges: [
    { action: 'credit', from: ['instructed', 'returned'], to: 'credited', by: 'paying bank' },
    { action: 'return', from: ['instructed', 'credited'], to: 'returned', by: 'paying bank' },
  ],
};
