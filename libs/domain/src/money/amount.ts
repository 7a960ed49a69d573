/** Money in fen (cents): a `bigint` in memory, a decimal string such as "1234.56" on the wire. No floats anywhere. */

/** The largest face of one certificate: 10^11 fen = 1,000,000,000.00. Totals over many may be larger. */
export const MAX_CERTIFICATE_FEN = 100_000_000_000n;

const AMOUNT = /^(0|[1-9][0-9]{0,14})(?:\.([0-9]{1,2}))?$/;
const FEN = /^(0|[1-9][0-9]{0,17})$/;

/** Says whether `text` is an amount of at most two decimals: ASCII digits, no sign, exponent, space or leading zero. */
export function isAmount(text: string): boolean {
  return AMOUNT.test(text);
}

/**
 * Reads an amount such as "1234.56" as fen.
 *
 * @throws RangeError when the text is anything but such an amount; nothing is rounded or guessed
 */
export function parseAmount(text: string): bigint {
  const match = AMOUNT.exec(text);
  if (!match) throw new RangeError('amount: expected digits with at most two decimals, such as 1234.56');
  return BigInt(match[1] ?? '') * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
}

/** Writes fen as an amount with exactly two decimals: 123456n gives "1234.56". Negative fen keep their sign. */
export function formatAmount(fen: bigint): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Writes fen for people to read, with thousands grouped: 123456n gives "1,234.56". */
export function displayAmount(fen: bigint): string {
  return formatAmount(fen).replace(/\B(?=(?:\d{3})+\.)/g, ',');
}

/** Says whether `text` is a non-negative decimal integer without leading zeros: the form of fen in ledger records. */
export function isFen(text: string): boolean {
  return FEN.test(text);
}

/**
 * Reads fen written as a decimal integer, as ledger records and secrets hold them.
 *
 * @throws RangeError when the text is not a non-negative decimal integer of at most 18 digits
 */
export function parseFen(text: string): bigint {
  if (!FEN.test(text)) throw new RangeError('fen: expected a non-negative decimal integer');
  return BigInt(text);
}

/** The sum of some amounts in fen. */
export function sumFen(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
