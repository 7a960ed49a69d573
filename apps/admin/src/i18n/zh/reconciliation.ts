import type { reconciliation as en } from '../en/reconciliation';
import type { Shape } from '../messages';

export const reconciliation = {
  run: '立即对账',
  notYet: '网关启动后尚未对账',
  hint: '将网关显示的全部内容与账本逐条比对。',
  none: '没有差异：网关显示与账本一致',
  found: '发现 %{smart_count} 处差异',
  compared: '对账范围',
  at: '对账时间',
  org: '机构',
  height: '截至区块',
  records: '记录',
  openings: '明文金额',
  sights: '可见记录',
  differences: '差异',
  ref: '记录',
  what: '差异',
} satisfies Shape<typeof en>;
