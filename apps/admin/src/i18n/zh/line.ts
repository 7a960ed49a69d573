import type { line as en } from '../en/line';
import type { Shape } from '../messages';

export const line = {
  grant: '授予额度',
  change: '调整',
  explain: '开立方由贵行兑付的凭证合计可以欠付的金额，以及可以开立的最后日期。',
  issuer: '核心企业',
  limit: '额度',
  until: '有效至',
  lastDay: '可开立的最后日期',
  empty: '还没有额度',
  emptyBank: '向核心企业授予额度后，其即可开立凭证。',
  emptyIssuer: '银行授予额度后，即可开立凭证。',
  unseen: '金额尚未送达',
} satisfies Shape<typeof en>;
