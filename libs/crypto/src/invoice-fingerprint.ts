/**
 * Keyed fingerprint of an invoice: the same invoice, however typed, meets itself on the ledger, while nobody without
 * the consortium's key can try invoice numbers against it (domain rules 2.5).
 *
 * @module
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesOfHex, bytesToHex } from './bytes';
import { encodeParts, hashParts } from './hash';

export interface InvoiceIdentity {
  /** Seller's unified social credit code, 18 characters. */
  readonly sellerUscc: string;
  /** Invoice number as printed, ≤ 64 characters. */
  readonly number: string;
  /** Day of issue, YYYY-MM-DD. */
  readonly date: string;
}

// White space of any script, and format characters such as the zero-width space: invisible, so no part of a number.
const INVISIBLE = /[\s\p{Cf}]/gu;
const FULL_WIDTH = /[\uFF01-\uFF5E]/g;
const FULL_WIDTH_OFFSET = 0xfee0;
const PRINTABLE_ASCII = /^[!-~]{1,64}$/;

/**
 * Strong fingerprint, HMAC-SHA-256 in hexadecimal. Full-width characters become ASCII, spaces vanish, letters become
 * upper case, and the number loses its leading zeros.
 *
 * @throws TypeError for a key under 32 bytes, a code that has not 18 letters or digits, a number with characters
 * outside ASCII (a Cyrillic А would make a second invoice of the same one), or a date that does not exist.
 */
export function fingerprint(keyHex: string, invoice: InvoiceIdentity): string {
  const key = keyBytes(keyHex);
  const message = encodeParts(
    'tallystick/invoice-fingerprint/1',
    normaliseSeller(invoice.sellerUscc),
    normaliseNumber(invoice.number),
    normaliseDate(invoice.date),
  );
  return bytesToHex(hmac(sha256, key, message));
}

/** Commitment to the consortium's fingerprint key, for the rule pack. @throws TypeError for a key under 32 bytes. */
export function fingerprintKeyCommit(keyHex: string): string {
  return hashParts('tallystick/fingerprint-key/1', keyBytes(keyHex));
}

function keyBytes(keyHex: string): Uint8Array {
  return bytesOfHex(keyHex, 'fingerprint key', { minBytes: 32 });
}

function plain(text: string, name: string): string {
  const visible = text
    .replace(INVISIBLE, '')
    .replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - FULL_WIDTH_OFFSET));
  if (!PRINTABLE_ASCII.test(visible)) throw new TypeError(`${name} must be 1 to 64 visible ASCII characters`);
  return visible.toUpperCase();
}

function normaliseSeller(sellerUscc: string): string {
  const code = plain(sellerUscc, 'sellerUscc');
  if (!/^[0-9A-Z]{18}$/.test(code)) throw new TypeError('sellerUscc must have 18 letters or digits');
  return code;
}

function normaliseNumber(number: string): string {
  return plain(number, 'number').replace(/^0+(?=.)/, '');
}

function normaliseDate(text: string): string {
  const date = plain(text, 'date');
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  const time = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== date) {
    throw new TypeError('date must be an existing day, YYYY-MM-DD');
  }
  return date;
}
