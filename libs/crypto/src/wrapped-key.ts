/**
 * A person's key at rest: wrapped by a key that only the person's password gives. The server stores the wrapped key and
 * checks the login secret; the two come from separate derivations, so the one says nothing of the other.
 *
 * PBKDF2-SHA-256 (RFC 8018) and AES-256-GCM by WebCrypto, in browser and Node alike.
 *
 * @module
 */
import { bytesOfHex, bytesToHex, utf8 } from './bytes';
import { encodeParts } from './hash';
import { randomBytes } from './random';
import { isPublicKeyHex } from './signature';
import { publicKeyOf, webCryptoSigner, type Signer } from './signer';

/** A private key under a wrapping key, as stored; `iv` and `ciphertext` in hexadecimal. */
export interface WrappedKey {
  readonly v: 1;
  readonly iv: string;
  readonly ciphertext: string;
}

/** Whose password it is. `user` is taken as it is: spell it the same way each time. */
export interface PasswordScope {
  readonly user: string;
  /** Random salt of that user, hexadecimal, ≥ 16 bytes. */
  readonly salt: string;
  /** Rounds of PBKDF2, 600,000 (the floor) if left out. */
  readonly iterations?: number;
}

/** The wrapped key did not open: another password, another public key, or altered bytes; which one cannot be told. */
export class KeyUnwrapError extends Error {
  override readonly name = 'KeyUnwrapError';
  readonly code = 'KEY_UNWRAP_FAILED';
}

export const MIN_ITERATIONS = 600_000;
const MAX_ITERATIONS = 10_000_000;
const P256 = { name: 'ECDSA', namedCurve: 'P-256' };

/** What the browser shows the server instead of the password; 64 hexadecimal characters. @throws as {@link deriveWrappingKey}. */
export async function deriveLoginSecret(password: string, scope: PasswordScope): Promise<string> {
  const { algorithm, base } = await stretch('tallystick/login-secret/1', password, scope);
  return bytesToHex(new Uint8Array(await globalThis.crypto.subtle.deriveBits(algorithm, base, 256)));
}

/**
 * The key that wraps the person's private key: AES-256-GCM, not extractable, never sent anywhere.
 *
 * @throws RangeError for fewer than 600,000 iterations (a server that asks for one could try passwords at leisure) or
 * more than ten million (it could freeze the page); TypeError for a bad salt or an empty password.
 */
export async function deriveWrappingKey(password: string, scope: PasswordScope): Promise<CryptoKey> {
  const { algorithm, base } = await stretch('tallystick/wrapping-key/1', password, scope);
  const aes = { name: 'AES-GCM', length: 256 };
  return globalThis.crypto.subtle.deriveKey(algorithm, base, aes, false, ['wrapKey', 'unwrapKey']);
}

async function stretch(purpose: string, password: string, { user, salt, iterations = MIN_ITERATIONS }: PasswordScope) {
  if (!Number.isInteger(iterations) || iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
    throw new RangeError(`iterations must be from ${MIN_ITERATIONS} to ${MAX_ITERATIONS}`);
  }
  if (password === '') throw new TypeError('password must not be empty');
  // The purpose is part of the salt, so that the two derivations share no input.
  const scopedSalt = encodeParts(purpose, user, bytesOfHex(salt, 'salt', { minBytes: 16 }));
  // NFKC: an input method may type full-width or composed characters for the same password.
  const secret = new Uint8Array(utf8(password.normalize('NFKC')));
  const base = await globalThis.crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveBits', 'deriveKey']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(scopedSalt), iterations };
  return { algorithm, base };
}

/** A new pair whose private key can be wrapped (so: extractable; drop it after wrapping), and its point in hexadecimal. */
export async function generateKeyPair(): Promise<{ pair: CryptoKeyPair; publicKey: string }> {
  const pair = await globalThis.crypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  return { pair, publicKey: await publicKeyOfPair(pair) };
}

/**
 * Wraps a private key, given in hexadecimal or as an extractable WebCrypto pair, for {@link unwrapSigner}.
 *
 * @throws what WebCrypto throws for a key that is not extractable.
 */
export async function wrapPrivateKey(privateKey: string | CryptoKeyPair, wrappingKey: CryptoKey): Promise<WrappedKey> {
  const [key, publicKey] =
    typeof privateKey === 'string'
      ? [await importPrivateKey(privateKey), publicKeyOf(privateKey)]
      : [privateKey.privateKey, await publicKeyOfPair(privateKey)];
  return wrap(key, publicKey, wrappingKey);
}

/**
 * Opens a wrapped key for signing. The key goes from ciphertext to a non-extractable WebCrypto key without passing
 * through the page's memory.
 *
 * @throws KeyUnwrapError for another password, another public key or altered bytes; TypeError for what is no WrappedKey.
 */
export async function unwrapSigner(wrapped: WrappedKey, wrappingKey: CryptoKey, publicKey: string): Promise<Signer> {
  return webCryptoSigner(await unwrap(wrapped, wrappingKey, publicKey, false), publicKey);
}

/** The same private key under a new password's key. @throws as {@link unwrapSigner}. */
export async function rewrapPrivateKey(
  wrapped: WrappedKey,
  keys: { from: CryptoKey; to: CryptoKey },
  publicKey: string,
): Promise<WrappedKey> {
  return wrap(await unwrap(wrapped, keys.from, publicKey, true), publicKey, keys.to);
}

async function wrap(key: CryptoKey, publicKey: string, wrappingKey: CryptoKey): Promise<WrappedKey> {
  const iv = randomBytes(12);
  const ciphertext = await globalThis.crypto.subtle.wrapKey('pkcs8', key, wrappingKey, gcm(iv, publicKey));
  return { v: 1, iv: bytesToHex(iv), ciphertext: bytesToHex(new Uint8Array(ciphertext)) };
}

async function unwrap(wrapped: WrappedKey, wrappingKey: CryptoKey, publicKey: string, extractable: boolean) {
  const version: number = wrapped.v;
  if (version !== 1) throw new TypeError('unknown version of a wrapped key');
  if (!isPublicKeyHex(publicKey)) throw new TypeError('publicKey must be an uncompressed P-256 point in hexadecimal');
  const iv = bytesOfHex(wrapped.iv, 'iv', { byteLength: 12 });
  const ciphertext = new Uint8Array(bytesOfHex(wrapped.ciphertext, 'ciphertext', { minBytes: 16 }));
  const algorithm = gcm(iv, publicKey);
  try {
    return await globalThis.crypto.subtle.unwrapKey('pkcs8', ciphertext, wrappingKey, algorithm, P256, extractable, [
      'sign',
    ]);
  } catch (cause) {
    throw new KeyUnwrapError('the wrapped key does not open', { cause });
  }
}

// The public key is authenticated with the ciphertext, so a server cannot hand out one key under another's name.
function gcm(iv: Uint8Array, publicKey: string): AesGcmParams {
  const additionalData = new Uint8Array(encodeParts('tallystick/wrapped-key/1', publicKey));
  return { name: 'AES-GCM', iv: new Uint8Array(iv), additionalData };
}

async function publicKeyOfPair(pair: CryptoKeyPair): Promise<string> {
  return bytesToHex(new Uint8Array(await globalThis.crypto.subtle.exportKey('raw', pair.publicKey)));
}

async function importPrivateKey(privateKeyHex: string): Promise<CryptoKey> {
  const point = publicKeyOf(privateKeyHex);
  const coordinate = (hex: string): string => base64Url(bytesOfHex(hex, 'coordinate', { byteLength: 32 }));
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    d: coordinate(privateKeyHex),
    x: coordinate(point.slice(2, 66)),
    y: coordinate(point.slice(66)),
  };
  return globalThis.crypto.subtle.importKey('jwk', jwk, P256, true, ['sign']);
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
