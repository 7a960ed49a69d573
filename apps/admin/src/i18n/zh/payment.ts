import type { payment as en } from '../en/payment';
import type { Shape } from '../messages';

export const payment = {
  in: '收款',
  out: '付款',
  certificate: '凭证',
  payer: '付款方',
  principal: '本金',
  interest: '逾期利息',
  paidOn: '付款日',
  state: '状态',
  reference: '银行流水号',
  states: { instructed: '付款中', credited: '已入账', returned: '银行退回' },
  empty: '还没有收付款',
  emptyHint: '凭证到期兑付后，款项显示在这里。',
} satisfies Shape<typeof en>;
