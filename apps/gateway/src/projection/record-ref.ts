import { parseRecordKey, recordKey, RECORD_TYPES, type RecordOf, type RecordType } from '@tallystick/protocol';

/**
 * How the read model names a record: `Holding/<id>`. Ledger keys hold U+0000, which PostgreSQL's text does not.
 * Derived things that have no record of their own (a payee's `Payment`) are named the same way.
 */
export type Ref = string;

export const refOf = (type: RecordType | 'Payment', ...parts: string[]): Ref => [type, ...parts].join('/');

/** The record behind a ledger key, or null when the key is none of ours. */
export function refOfKey(key: string): { ref: Ref; type: RecordType } | null {
  const parsed = parseRecordKey(key);
  return parsed === null ? null : { ref: refOf(parsed.type, ...parsed.parts), type: parsed.type };
}

/** @throws RangeError for a ref that names no record */
export function ledgerKeyOf(ref: Ref): string {
  const [type = '', ...parts] = ref.split('/');
  if (!RECORD_TYPES.includes(type as RecordType)) throw new RangeError(`${ref} names no record`);
  // Only pages have two parts; a rule pack's id may hold a slash.
  const whole = type === 'Page' ? parts : parts.length === 0 ? [] : [parts.join('/')];
  return recordKey(type as RecordType, ...whole);
}

/** What stands behind the type of a ref: the id for people and programs. */
export const idOfRef = (ref: Ref): string => ref.slice(ref.indexOf('/') + 1);

/** The record that this one belongs to, by id, so that lists under it are one index look-up; null for those that stand alone. */
export function scopeOf<T extends RecordType>(type: T, record: RecordOf<T>): string | null {
  switch (type) {
    case 'Member':
      return (record as RecordOf<'Member'>).host;
    case 'Certificate':
      return (record as RecordOf<'Certificate'>).public.line;
    case 'Holding':
    case 'Order':
      return (record as RecordOf<'Holding' | 'Order'>).certificate;
    case 'Invitation':
    case 'Quote':
    case 'Agreement':
    case 'Page':
      return (record as RecordOf<'Invitation' | 'Quote' | 'Agreement' | 'Page'>).order;
    default:
      return null;
  }
}
