/** `43500` ppm is `4.35 %`. Exact: the last four digits are the decimals, without closing zeros beyond two. */
export function percentText(ppm: number): string {
  const digits = String(ppm).padStart(5, '0');
  const decimals = digits.slice(-4).replace(/0{1,2}$/, '');
  return `${digits.slice(0, -4)}.${decimals} %`;
}
