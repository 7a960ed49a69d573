import type { RefusalCode } from './codes';

/** A value in a refusal's details; keys ending in `Fen` and `Ppm` hold decimal integers and are written out for people. */
export type RefusalDetail = string | number | boolean | readonly string[];

/** Why something was not done. Plain JSON, the same on every peer. */
export interface Refusal {
  code: RefusalCode;
  details: Readonly<Record<string, RefusalDetail>>;
  /** Path of the input the refusal is about, such as `pieces.2.amountFen`. */
  field?: string;
  /** The law, rule-pack entry or ledger rule behind it, when it differs from the catalogue's. */
  rule?: string;
}

/** What a `decide…` function answers: the new values, or the refusal. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

/** An outcome that went well. */
export function accept<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/** A refusal as an outcome; `bigint` details become decimal strings. */
export function refuse(
  code: RefusalCode,
  details: Readonly<Record<string, RefusalDetail | bigint>> = {},
  where: { field?: string; rule?: string } = {},
): { ok: false; refusal: Refusal } {
  const plain = Object.entries(details).map(([key, value]): [string, RefusalDetail] => [
    key,
    typeof value === 'bigint' ? value.toString() : value,
  ]);
  return { ok: false, refusal: { code, details: Object.fromEntries(plain), ...where } };
}

/** The same refusal about the item of a list, as `issueMany` and offers with several receivers name it. */
export function refuseItem(refusal: Refusal, list: string, index: number): { ok: false; refusal: Refusal } {
  const field = refusal.field === undefined ? `${list}.${index}` : `${list}.${index}.${refusal.field}`;
  return { ok: false, refusal: { ...refusal, details: { ...refusal.details, index }, field } };
}
