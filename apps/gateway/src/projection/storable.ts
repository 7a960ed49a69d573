/** Marks what PostgreSQL's `jsonb` refuses though JSON and the ledger allow it; a character of the private use area. */
const MARK = '\ue000';

/**
 * JSON for a `jsonb` column: whatever stands on the ledger can be stored, so that no record halts the projection. U+0000 (ledger
 * keys hold it), lone surrogates and the mark itself become the mark and four hexadecimal digits; {@link parseStored} undoes it.
 */
export function storable(value: unknown): string {
  // JSON.stringify writes these as \uXXXX; an escaped backslash before "u0000" is text of somebody's and is stepped over.
  return JSON.stringify(value).replace(
    /\\\\|\\u(0000|d[89a-f][0-9a-f]{2})|\ue000/g,
    (found, code: string | undefined) => (found === '\\\\' ? found : MARK + (code ?? 'e000')),
  );
}

/** What {@link storable} stored. */
export function parseStored(text: string): unknown {
  return JSON.parse(text.includes(MARK) ? text.replace(/\ue000([0-9a-f]{4})/g, '\\u$1') : text);
}
