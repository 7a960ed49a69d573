/** A price as a bank types it. */
import { moneyOf } from '../money/money';
import { readTypedAmount } from '../money/typed-amount';

export interface FeeDraft {
  /** Of the form's row. */
  key: string;
  name: string;
  payee: string;
  amount: string;
}

export interface QuoteDraft {
  /** Percent a year. */
  rate: string;
  basis: 'ACT_360' | 'ACT_365';
  fees: readonly FeeDraft[];
}

export const emptyFee = (key: string): FeeDraft => ({ key, name: '', payee: '', amount: '' });

/** The body of `POST /financings/:id/quotes`, or null while something is missing or cannot be read. */
export function quoteFormOf({ rate, basis, fees }: QuoteDraft) {
  if (!/^(0|[1-9][0-9]?)(\.[0-9]{1,4})?$/.test(rate.trim())) return null;
  const read = fees.map(({ name, payee, amount }) => ({
    name: name.trim(),
    payee: payee.trim(),
    amount: readTypedAmount(amount),
  }));
  const given = read.flatMap(({ name, payee, amount }) =>
    name !== '' && payee !== '' && amount.ok ? [{ name, payee, amount: moneyOf(amount.fen) }] : [],
  );
  return given.length === fees.length ? { rate: rate.trim(), basis, fees: given } : null;
}
