/**
 * Widths in percent of a line's used and reserved part. A cut line may be used above its limit: then the bar is full.
 * Exact to a hundredth; only for drawing.
 */
export function sharesOf({ limit, used, reserved }: { limit: bigint; used: bigint; reserved: bigint }): {
  used: number;
  reserved: number;
  over: boolean;
} {
  const over = used > limit;
  if (limit <= 0n || over) return { used: over || used > 0n ? 100 : 0, reserved: 0, over };
  const percent = (fen: bigint) => Number((fen * 10_000n) / limit) / 100;
  const usedShare = percent(used);
  return { used: usedShare, reserved: Math.min(percent(reserved), 100 - usedShare), over };
}
