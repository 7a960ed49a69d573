const FORM = /^[0-9A-Z]{18}[0-9]{2}$/;

/** Says whether a text is a legal entity identifier (ISO 17442): 20 characters, ISO 7064 mod 97-10 equal to 1 (T34). */
export function isLei(text: string): boolean {
  if (!FORM.test(text)) return false;
  let remainder = 0;
  for (const character of text) {
    const value = parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
