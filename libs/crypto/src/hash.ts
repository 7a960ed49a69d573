/**
 * SHA-256 over unambiguous encodings. Every hash names its domain, so a value made for one purpose never serves another.
 *
 * @module
 */
import { sha256 as portableSha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8 } from './bytes';
import { canonicalBytes } from './canonical-json';

/** SHA-256 of bytes: 32 bytes, and the same as 64 lower-case hexadecimal characters. */
export interface Sha256 {
  bytes(data: Uint8Array): Uint8Array;
  hex(data: Uint8Array): string;
}

const portable: Sha256 = { bytes: portableSha256, hex: (data) => bytesToHex(portableSha256(data)) };
let implementation = portable;

/** Swaps the implementation (same results, other speed); without argument back to the portable one. */
export function useSha256(faster: Sha256 = portable): void {
  implementation = faster;
}

/** SHA-256 of bytes as they are; 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return implementation.bytes(bytes);
}

/** SHA-256 of bytes as they are (of a document, say); 64 lower-case hexadecimal characters. */
export function sha256Hex(bytes: Uint8Array): string {
  return implementation.hex(bytes);
}

/**
 * `domain ‖ 0x00 ‖ (u32 length ‖ part)…`, text as UTF-8: no two different lists of parts give the same bytes.
 *
 * @throws TypeError for an empty domain, one with U+0000, or text with a lone surrogate.
 */
export function encodeParts(domain: string, ...parts: readonly (string | Uint8Array)[]): Uint8Array {
  if (domain === '' || domain.includes('\0')) throw new TypeError('domain must be text without U+0000');
  const head = utf8(domain);
  const chunks = parts.map((part) => (typeof part === 'string' ? utf8(part) : part));
  // One buffer for all: this runs some forty times for each signature that the ledger verifies.
  const encoded = new Uint8Array(chunks.reduce((length, chunk) => length + 4 + chunk.length, head.length + 1));
  const view = new DataView(encoded.buffer);
  encoded.set(head);
  let offset = head.length + 1;
  for (const chunk of chunks) {
    view.setUint32(offset, chunk.length);
    encoded.set(chunk, offset + 4);
    offset += 4 + chunk.length;
  }
  return encoded;
}

/** SHA-256 of {@link encodeParts}; 64 lower-case hexadecimal characters. */
export function hashParts(domain: string, ...parts: readonly (string | Uint8Array)[]): string {
  return sha256Hex(encodeParts(domain, ...parts));
}

/** Hash of a value's canonical JSON under `domain`. @throws as `canonicalJson` does. */
export function hashJson(domain: string, value: unknown): string {
  return hashParts(domain, canonicalBytes(value));
}
