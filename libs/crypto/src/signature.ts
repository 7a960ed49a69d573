/**
 * ECDSA over P-256 with SHA-256 (FIPS 186-5), signatures in 64 bytes r‖s with s in the lower half, so that nobody can
 * turn a valid signature into a second one.
 *
 * @module
 */
import { p256 } from '@noble/curves/nist.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { isHex } from './bytes';
import { hashParts } from './hash';

/** Names curve, hash and encoding inside every signed object, so that other suites can follow. */
export const SUITE = 'ES256';

const ORDER = p256.Point.Fn.ORDER;
const HALF_ORDER_HEX = (ORDER >> 1n).toString(16).padStart(64, '0');

/** A well-formed triple: uncompressed point and compact low-S signature are checked before. */
export type SignatureVerifier = (publicKey: string, bytes: Uint8Array, signature: string) => boolean;

const portableVerifier: SignatureVerifier = (publicKey, bytes, signature) =>
  p256.verify(hexToBytes(signature), bytes, hexToBytes(publicKey), { prehash: true, lowS: true });

let verifier = portableVerifier;

/** Swaps the implementation (same answers, other speed); without argument back to the portable one. */
export function useVerifier(implementation: SignatureVerifier = portableVerifier): void {
  verifier = implementation;
}

/** Whether text is an uncompressed P-256 point in lower-case hexadecimal; says nothing of lying on the curve. */
export function isPublicKeyHex(text: unknown): text is string {
  return isHex(text, 65) && text.startsWith('04');
}

/** Whether text is a compact signature in lower-case hexadecimal whose s lies in the lower half of the order. */
export function isSignatureHex(text: unknown): boolean {
  // Texts of 64 lower-case digits sort as their numbers do.
  return isHex(text, 64) && text.slice(64) <= HALF_ORDER_HEX;
}

/**
 * Whether `signature` (compact hexadecimal) of `bytes` was made by the key with the point `publicKey` (65 bytes,
 * hexadecimal). False, never an error, for a high s, zero or oversized numbers, a point off the curve and other spellings.
 */
export function verifySignature(given: { publicKey: string; bytes: Uint8Array; signature: string }): boolean {
  return (
    isPublicKeyHex(given.publicKey) &&
    isSignatureHex(given.signature) &&
    verifier(given.publicKey, given.bytes, given.signature)
  );
}

/**
 * The same signature with s in the lower half: WebCrypto and OpenSSL give either.
 *
 * @throws TypeError unless the signature has 64 bytes of hexadecimal with s below the order.
 */
export function toLowS(signature: string): string {
  if (!isHex(signature, 64)) throw new TypeError('signature must be lower-case hexadecimal of 64 bytes');
  if (isSignatureHex(signature)) return signature;
  const s = ORDER - BigInt(`0x${signature.slice(64)}`);
  if (s <= 0n) throw new TypeError('signature must have s below the order');
  return signature.slice(0, 64) + s.toString(16).padStart(64, '0');
}

/** Short name of a public key: 32 hexadecimal characters. @throws TypeError for what is no uncompressed point. */
export function keyIdOf(publicKey: string): string {
  if (!isPublicKeyHex(publicKey)) throw new TypeError('publicKey must be an uncompressed P-256 point in hexadecimal');
  return hashParts('tallystick/key-id/1', hexToBytes(publicKey)).slice(0, 32);
}
