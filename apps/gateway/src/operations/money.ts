import { formatAmount, parseAmount } from '@tallystick/domain';
import { Money } from '@tallystick/protocol';
import type { z } from 'zod';

/** Money as the wire carries it. */
export const moneyOf = (fen: bigint): Money => ({ amount: formatAmount(fen), currency: 'CNY' });

/** An amount above zero in a form: `1e3`, `-1`, `1.005` and `0` are refused with the field's path. */
export const PositiveMoney = Money.refine(({ amount }) => /[1-9]/u.test(amount), {
  path: ['amount'],
  params: { refusal: { code: 'AMOUNT_TOO_SMALL', details: {} } },
});

export const fenOf = ({ amount }: z.output<typeof Money>): bigint => parseAmount(amount);
