import { displayAmount, formatAmount, parseAmount } from '@tallystick/domain';
import type { Money } from '../api/types';

/** Money as people read it: `1,234,567.89 CNY`. */
export function moneyText({ amount, currency }: Money): string {
  return `${displayAmount(parseAmount(amount))} ${currency}`;
}

export const fenOf = ({ amount }: Money): bigint => parseAmount(amount);

/** @param fen 0 or more */
export const moneyOf = (fen: bigint): Money => ({ amount: formatAmount(fen), currency: 'CNY' });
