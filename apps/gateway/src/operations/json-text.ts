import type { ValueTransformer } from 'typeorm';

/**
 * JSON in a text column. Record keys of the ledger hold U+0000, which PostgreSQL's own JSON refuses; and what was signed
 * must come back as the same text.
 */
export const jsonText: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value)),
  from: (text: string | null) => (text === null ? null : (JSON.parse(text) as unknown)),
};
