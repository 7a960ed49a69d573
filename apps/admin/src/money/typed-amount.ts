import { isAmount, parseAmount } from '@tallystick/domain';

export type TypedAmount = { ok: true; fen: bigint } | { ok: false; why: 'empty' | 'shape' | 'zero' | 'above' };

/**
 * Reads what a person typed as an amount. Thousands separators that a copied number carries are taken out where they stand
 * right; everything else must be the strict form of the wire: `1e3`, `-1`, `1.005`, full-width digits are refused, never guessed.
 * @param maxFen the most that may be given, in fen
 */
export function readTypedAmount(typed: string, maxFen?: bigint): TypedAmount {
  const trimmed = typed.trim();
  if (trimmed === '') return { ok: false, why: 'empty' };
  const plain = /^\d{1,3}(,\d{3})+(\.\d{1,2})?$/.test(trimmed) ? trimmed.replaceAll(',', '') : trimmed;
  if (!isAmount(plain)) return { ok: false, why: 'shape' };
  const fen = parseAmount(plain);
  if (fen === 0n) return { ok: false, why: 'zero' };
  if (maxFen !== undefined && fen > maxFen) return { ok: false, why: 'above' };
  return { ok: true, fen };
}
