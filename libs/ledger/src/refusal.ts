import type { Refusal } from './port';

/** The contract said no. `code` and `details` are the contract's own. */
export class ContractRefusal extends Error {
  constructor(readonly refusal: Refusal) {
    super(JSON.stringify(refusal));
    this.name = 'ContractRefusal';
  }
}

/** The contract broke without a refusal: a fault of the program, not an answer. */
export class ContractFailed extends Error {
  override readonly name = 'ContractFailed';
}

/** The peer could not be asked. */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable';
}

/**
 * Takes the refusal out of a contract's error text: one JSON object `{ code, details }`, in whatever prose a
 * client library wraps it ("chaincode response 500, {…}"). Null when the text carries none, i.e. the contract broke.
 */
export function unwrapRefusal(message: string): Refusal | null {
  const start = message.indexOf('{');
  const end = message.lastIndexOf('}');
  if (start < 0 || end < start) return null;
  try {
    return asRefusal(JSON.parse(message.slice(start, end + 1)));
  } catch {
    return null;
  }
}

function asRefusal(value: unknown): Refusal | null {
  if (typeof value !== 'object' || value === null) return null;
  const { code, details } = value as { code?: unknown; details?: unknown };
  if (typeof code !== 'string' || code === '') return null;
  if (details === undefined) return { code, details: {} };
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return null;
  return { code, details: details as Record<string, unknown> };
}
