/**
 * SHA-256 over unambiguous encodings. Every hash names its domain, so a value made for one purpose never serves another.
 *
 * @module
 */
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, u32, utf8 } from './bytes';
import { canonicalBytes } from './canonical-json';

/** Lower-case hexadecimal SHA-256 of bytes. */
export type Sha256Hex = (bytes: Uint8Array) => string;

const portableSha256: Sha256Hex = (bytes) => bytesToHex(nobleSha256(bytes));

let sha256Implementation = portableSha256;

/** Swaps the implementation (same results, other speed); without argument back to the portable one. */
export function useSha256(implementation: Sha256Hex = portableSha256): void {
  sha256Implementation = implementation;
}

/** SHA-256 of bytes as they are (of a document, say); 64 lower-case hexadecimal characters. */
export function sha256Hex(bytes: Uint8Array): string {
  return sha256Implementation(bytes);
}

/**
 * `domain ‖ 0x00 ‖ (u32 length ‖ part)…`, text as UTF-8: no two different lists of parts give the same bytes.
 *
 * @throws TypeError for an empty domain, one with U+0000, or text with a lone surrogate.
 */
export function encodeParts(domain: string, ...parts: readonly (string | Uint8Array)[]): Uint8Array {
  if (domain === '' || domain.includes('\0')) throw new TypeError('domain must be text without U+0000');
  const chunks = [utf8(domain), Uint8Array.of(0)];
  for (const part of parts) {
    const bytes = typeof part === 'string' ? utf8(part) : part;
    chunks.push(u32(bytes.length, 'part length'), bytes);
  }
  return concatBytes(...chunks);
}

/** SHA-256 of {@link encodeParts}; 64 lower-case hexadecimal characters. */
export function hashParts(domain: string, ...parts: readonly (string | Uint8Array)[]): string {
  return sha256Hex(encodeParts(domain, ...parts));
}

/** Hash of a value's canonical JSON under `domain`. @throws as `canonicalJson` does. */
export function hashJson(domain: string, value: unknown): string {
  return hashParts(domain, canonicalBytes(value));
}
