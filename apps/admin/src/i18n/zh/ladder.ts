import type { ladder as en } from '../en/ladder';
import type { Shape } from '../messages';

export const ladder = {
  bar: '%{week} 起一周：%{amount}，%{smart_count} 张凭证',
  overdue: '已逾期：%{amount}',
  highest: '最高：%{amount}',
  week: '自此日起一周',
  count: '凭证张数',
  amount: '到期金额',
} satisfies Shape<typeof en>;
