/** Widths and cuts of a strip. Amounts are exact fen; only widths, for drawing, are rounded. */

/** What the reader may know of a part of a certificate. `hatched`: others hold it, how much each is not shown. */
export type PartState = 'mine' | 'other' | 'locked' | 'frozen' | 'paid' | 'hatched';

export interface Part {
  key: string;
  state: PartState;
  /** Missing for what the reader may not see. */
  fen?: bigint | undefined;
  /** Who holds it, or what it is. */
  label: string;
}

/**
 * Widths in percent, one per part, adding up to 100. What has no amount shares what the known parts leave of the face.
 * @param face in fen, if the reader knows it; else unknown parts are drawn as wide as the known ones together
 */
export function widthsOf(parts: readonly Part[], face: bigint | undefined): number[] {
  const known = parts.reduce((sum, { fen = 0n }) => sum + fen, 0n);
  const unknown = parts.filter(({ fen }) => fen === undefined).length;
  const whole = face !== undefined && face > known ? face : unknown > 0 ? (known === 0n ? 1n : known * 2n) : known;
  if (whole === 0n) return parts.map(() => 0);
  const rest = Number(((whole - known) * 1_000_000n) / whole) / 10_000;
  return parts.map(({ fen }) => (fen === undefined ? rest / unknown : Number((fen * 1_000_000n) / whole) / 10_000));
}

/** A round amount to move by: a thousandth of the whole, down to a power of ten, at least a cent. */
export function stepOf(totalFen: bigint): bigint {
  const digits = totalFen.toString().length;
  return digits <= 4 ? 1n : 10n ** BigInt(digits - 4);
}

/**
 * The amount at a place of the strip, rounded to a step; the two ends are exact.
 * @param fraction 0 to 1 of the whole
 */
export function fenAt(fraction: number, totalFen: bigint, step: bigint): bigint {
  if (fraction <= 0) return 0n;
  if (fraction >= 1) return totalFen;
  const exact = (totalFen * BigInt(Math.round(fraction * 1_000_000))) / 1_000_000n;
  const rounded = ((exact + step / 2n) / step) * step;
  return rounded > totalFen ? totalFen : rounded;
}

/** Where a key moves an amount; null for a key that moves nothing. */
export function movedBy(key: string, fen: bigint, step: bigint, least: bigint, most: bigint): bigint | null {
  const by: Record<string, bigint> = {
    ArrowRight: step,
    ArrowUp: step,
    ArrowLeft: -step,
    ArrowDown: -step,
    PageUp: step * 10n,
    PageDown: -step * 10n,
    Home: least - fen,
    End: most - fen,
  };
  const change = by[key];
  if (change === undefined) return null;
  const next = fen + change;
  return next < least ? least : next > most ? most : next;
}
