import type { money as en } from '../en/money';
import type { Shape } from '../messages';

export const money = {
  empty: '请输入金额',
  shape: '请输入数字，最多两位小数，例如 1234.56',
  zero: '须大于零',
  above: '不得超过 %{max}',
} satisfies Shape<typeof en>;
