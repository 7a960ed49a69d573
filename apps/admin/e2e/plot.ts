import { allocate, displayAmount, parseAmount, sumFen } from '@tallystick/domain';
import type { Player } from './cast';

export const LIMIT = parseAmount('2000000.00');
export const INVOICES = ['678000.45', '452000.30'] as const;
export const FACE = sumFen(INVOICES.map(parseAmount));
/** What the first supplier pays its own two suppliers, and what one of them passes on. */
export const TO_SECOND = parseAmount('400000.25');
export const TO_THIRD = parseAmount('250000.50');
export const TO_FOURTH = parseAmount('150000.10');
export const PART = parseAmount('500000.00');
/** From issue to maturity; and how late the rest is paid. */
export const BUSINESS_DAYS = 12;
export const DAYS_LATE = 10;
/** 0.05 % a day, in ppm. */
const LATE_PPM = 500n;

/** An amount as somebody types it. */
export const typed = (fen: bigint): string => displayAmount(fen).replaceAll(',', '');

/** Who is owed what at maturity, in order of position. */
export const SHARES: readonly (readonly [holder: Player, fen: bigint])[] = [
  ['mould3', TO_FOURTH],
  ['steel2', TO_SECOND - TO_FOURTH],
  ['mountain', TO_THIRD],
  ['casting1', FACE - TO_SECOND - TO_THIRD],
];

/** What a holder gets of one payment, and what its part has brought in all. */
export interface Receipt {
  holder: Player;
  part: bigint;
  principal: bigint;
  interest: bigint;
  inAll: bigint;
}

const parts = SHARES.map(([, fen]) => fen);
const first = allocate(PART, parts);
const rest = parts.map((fen, index) => fen - (first[index] ?? 0n));
/** Simple interest on what is still owed. */
export const LATE = ((FACE - PART) * LATE_PPM * BigInt(DAYS_LATE) + 500_000n) / 1_000_000n;
const interest = allocate(LATE, rest);

export const PART_RECEIPTS: readonly Receipt[] = SHARES.map(([holder, part], index) => {
  const principal = first[index] ?? 0n;
  return { holder, part, principal, interest: 0n, inAll: principal };
});
export const LATE_RECEIPTS: readonly Receipt[] = SHARES.map(([holder, part], index) => {
  return { holder, part, principal: rest[index] ?? 0n, interest: interest[index] ?? 0n, inAll: part };
});
