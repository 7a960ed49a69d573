import { canonicalJson } from '@tallystick/crypto';

/** Stands in PostgreSQL for U+0000, which its JSON refuses and ledger keys hold; a character of the private use area. */
const STAND_IN = '\ue000';

/** JSON for a `jsonb` column: whatever stands on the ledger can be stored, so that no record halts the projection. */
export const storable = (value: unknown): string => JSON.stringify(value).replaceAll('\\u0000', STAND_IN);

/** Canonical JSON of what was stored, as it stood on the ledger. */
export const ledgerText = (stored: unknown): string => canonicalJson(stored).replaceAll(STAND_IN, '\\u0000');
