/**
 * Canonical JSON, RFC 8785: the one spelling of a value that is hashed, signed and stored.
 *
 * Written here rather than taken from a library because the refusals need the same walk over the value: a serialiser
 * that leaves out `undefined`, calls `toJSON` or escapes a lone surrogate lets two different values share a signature.
 *
 * @module
 */
import { utf8 } from './bytes';

/** What JSON can say. Amounts are decimal strings, never numbers. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Deeper values are refused, so that a hostile one cannot exhaust the stack. */
const MAX_DEPTH = 64;

/**
 * RFC 8785 text of `value`: keys sorted by UTF-16 code units, ECMAScript numbers, no white space.
 *
 * @throws TypeError for what JSON cannot say exactly: undefined, bigint, symbol, function, NaN, infinity, a lone
 * surrogate, a hole in an array, an object that is not plain (Date, Map, a class), nesting beyond 64 (thus a cycle).
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

/** UTF-8 bytes of {@link canonicalJson}. */
export function canonicalBytes(value: unknown): Uint8Array {
  return utf8(canonicalJson(value));
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return writeString(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`canonical JSON has no ${value}`);
      return JSON.stringify(value);
    case 'object':
      if (value === null) return 'null';
      if (depth === MAX_DEPTH) throw new TypeError(`canonical JSON is nested deeper than ${MAX_DEPTH}`);
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
    default:
      throw new TypeError(`canonical JSON has no ${typeof value}`);
  }
}

/** Texts that JSON writes as they are: printable ASCII without quote and backslash. Nearly all of ours, hashes above all. */
const PLAIN = /^[ !#-[\]-~]*$/;

function writeString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError('canonical JSON has no lone surrogate');
  return JSON.stringify(text);
}

function writeArray(items: readonly unknown[], depth: number): string {
  let text = '[';
  // By index: a hole reads as undefined and is refused.
  for (let i = 0; i < items.length; i++) text += (i === 0 ? '' : ',') + write(items[i], depth + 1);
  return text + ']';
}

function writeObject(value: object, depth: number): string {
  if (!isPlain(value)) throw new TypeError('canonical JSON has only plain objects');
  let text = '{';
  // The default order of sort() is by UTF-16 code units, as the standard wants.
  for (const key of Object.keys(value).sort()) {
    const member: unknown = (value as Record<string, unknown>)[key];
    text += `${text === '{' ? '' : ','}${writeString(key)}:${write(member, depth + 1)}`;
  }
  return text + '}';
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Not `=== Object.prototype`: values of another realm (a frame, a test sandbox) have their own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
