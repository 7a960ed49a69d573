import { displayAmount, isFen } from '../money';
import { REFUSAL_CATALOGUE, type RefusalEntry } from './catalogue';
import type { RefusalCode } from './codes';
import type { Refusal, RefusalDetail } from './refusal';

/** Languages that messages exist in. */
export type Language = 'zh' | 'en';

/** What stands in a message where a detail is missing. */
export const MISSING_DETAIL = '—';

function written(key: string, value: RefusalDetail | undefined): string {
  if (value === undefined) return MISSING_DETAIL;
  if (typeof value === 'string' && key.endsWith('Fen') && isFen(value)) return displayAmount(BigInt(value));
  return typeof value === 'object' ? value.join(', ') : String(value);
}

/** The refusal in words, its details filled in; amounts in yuan with thousands grouped. */
export function refusalMessage(refusal: Refusal, language: Language): string {
  const { details } = refusal;
  return REFUSAL_CATALOGUE[refusal.code][language].replace(/\{(\w+)\}/g, (_, key: string) =>
    written(key, Object.hasOwn(details, key) ? details[key] : undefined),
  );
}

/** The HTTP status of a code. */
export function refusalStatus(code: RefusalCode): RefusalEntry['status'] {
  return REFUSAL_CATALOGUE[code].status;
}

/** The rule behind a refusal: its own, else the catalogue's, else none. */
export function refusalRule(refusal: Refusal): string | undefined {
  return refusal.rule ?? REFUSAL_CATALOGUE[refusal.code].rule;
}
