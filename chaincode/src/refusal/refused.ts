import { canonicalJson } from '@tallystick/crypto';
import type { Outcome, RefusalCode, RefusalDetail } from '@tallystick/domain';

type Details = Readonly<Record<string, RefusalDetail | bigint>>;

/**
 * A contract's "no": its message is one JSON object `{ code, details }`, which travels as an endorser's error text.
 * Details never hold private values beyond what the caller sent; `bigint` amounts become decimal strings.
 */
export class Refused extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly details: Details = {},
  ) {
    super(canonicalJson({ code, details: plain(details) }));
    this.name = 'Refused';
  }
}

/** The value of a domain decision. @throws Refused with the domain's code when it said no */
export function allowed<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  const { code, details, field } = outcome.refusal;
  throw new Refused(code, field === undefined ? details : { ...details, field });
}

/** Throws OPENING_MISMATCH, naming the record, unless an opening proved itself. `id` is public or was sent by the caller. */
export function provenOpening(proven: boolean, record: string, id?: string): void {
  if (!proven) throw new Refused('OPENING_MISMATCH', id === undefined ? { record } : { record, id });
}

function plain(details: Details): Record<string, RefusalDetail> {
  const entries = Object.entries(details).map(([key, value]): [string, RefusalDetail] => [
    key,
    typeof value === 'bigint' ? value.toString() : value,
  ]);
  return Object.fromEntries(entries);
}
