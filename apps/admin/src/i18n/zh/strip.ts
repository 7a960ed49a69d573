import type { strip as en } from '../en/strip';
import type { Shape } from '../messages';

export const strip = {
  state: {
    mine: '我方持有',
    other: '他方持有（可见）',
    locked: '锁定',
    frozen: '冻结',
    paid: '已兑付',
    hatched: '其他持有人',
  },
  unseen: '金额不可见',
  remainder: '剩余自持',
  cut: '%{name}一段的切分点',
  given: '转出：%{amount}',
  kept: '剩余自持：%{amount}',
  tooMuch: '超出 %{amount}',
} satisfies Shape<typeof en>;
