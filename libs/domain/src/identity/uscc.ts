const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

/** The check character of the first 17 of a unified social credit code, or null when one is outside the alphabet. */
export function usccCheckCharacter(first17: string): string | null {
  if (first17.length !== WEIGHTS.length) return null;
  let sum = 0;
  for (const [index, weight] of WEIGHTS.entries()) {
    const value = ALPHABET.indexOf(first17.charAt(index));
    if (value < 0) return null;
    sum += value * weight;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Says whether a text is a unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters, check right (T33). */
export function isUscc(text: string): boolean {
  return text.length === 18 && usccCheckCharacter(text.slice(0, 17)) === text.charAt(17);
}
