import type { gauge as en } from '../en/gauge';
import type { Shape } from '../messages';

export const gauge = {
  label: '额度 %{limit}，已用 %{used}，可用 %{available}',
  available: '可用 %{amount}',
  usedOf: '已用 %{used}，额度 %{limit}',
  reserved: '预占 %{amount}',
} satisfies Shape<typeof en>;
