/**
 * Bytes, hexadecimal and text at the edge of every function here: checked once, with the argument's name in the message.
 *
 * @module
 */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

export { bytesToHex };

const LOWER_HEX = /^(?:[0-9a-f]{2})+$/;
const U64_MAX = (1n << 64n) - 1n;
const encoder = new TextEncoder();
/** Texts whose UTF-8 surely fits are encoded here and copied out: three times as fast as a fresh buffer from the encoder. */
const scratch = new Uint8Array(12_288);

/** Whether `text` is lower-case hexadecimal of exactly `byteLength` bytes. */
export function isHex(text: unknown, byteLength: number): text is string {
  return typeof text === 'string' && text.length === byteLength * 2 && LOWER_HEX.test(text);
}

/**
 * UTF-8 bytes of `text`.
 *
 * @throws TypeError for a lone surrogate: encoders turn each into U+FFFD, so two texts would share one hash.
 */
export function utf8(text: string): Uint8Array {
  if (!text.isWellFormed()) throw new TypeError('text holds a lone surrogate');
  // A UTF-16 unit takes three bytes at most.
  if (text.length * 3 > scratch.length) return encoder.encode(text);
  return scratch.slice(0, encoder.encodeInto(text, scratch).written);
}

/**
 * Bytes of lower-case hexadecimal; `byteLength` is exact, `minBytes` a floor.
 *
 * @throws TypeError naming `name` for anything else (upper case too: one value has one spelling).
 */
export function bytesOfHex(hex: string, name: string, size: { byteLength: number } | { minBytes: number }): Uint8Array {
  const fits =
    typeof hex === 'string' &&
    ('byteLength' in size ? hex.length === size.byteLength * 2 : hex.length >= size.minBytes * 2) &&
    LOWER_HEX.test(hex);
  if (!fits) {
    const wanted = 'byteLength' in size ? `${size.byteLength}` : `at least ${size.minBytes}`;
    throw new TypeError(`${name} must be lower-case hexadecimal of ${wanted} bytes`);
  }
  return hexToBytes(hex);
}

/**
 * Big-endian bytes of an unsigned 32-bit integer.
 *
 * @throws RangeError naming `name` for a fraction, a negative or anything from 2^32.
 */
export function u32(value: number, name: string): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff) {
    throw new RangeError(`${name} must be an integer from 0 to 2^32 - 1`);
  }
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/**
 * Big-endian bytes of an unsigned 64-bit integer.
 *
 * @throws RangeError naming `name` for a negative or anything from 2^64; TypeError for what is no bigint.
 */
export function u64(value: bigint, name: string): Uint8Array {
  if (typeof value !== 'bigint') throw new TypeError(`${name} must be a bigint`);
  if (value < 0n || value > U64_MAX) throw new RangeError(`${name} must be from 0 to 2^64 - 1`);
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes;
}
