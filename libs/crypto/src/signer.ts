/**
 * Who signs: one interface over a key in the process and over a key that the browser keeps for itself.
 *
 * @module
 */
import { p256 } from '@noble/curves/nist.js';
import { bytesOfHex, bytesToHex } from './bytes';
import { randomBytes } from './random';
import { isPublicKeyHex, toLowS } from './signature';

/** Signs with one P-256 key. */
export interface Signer {
  /** Uncompressed point, 65 bytes in hexadecimal. */
  readonly publicKey: string;
  /** Compact r‖s in hexadecimal, low s, over the SHA-256 of `bytes`. */
  sign(bytes: Uint8Array): Promise<string>;
}

/** Length of the random input of {@link generatePrivateKey}: more than the key, so that reducing it leaves no bias. */
export const PRIVATE_KEY_SEED_BYTES = 48;

/**
 * A new private key, 32 bytes in hexadecimal.
 *
 * @param random 48 random bytes; of the platform's generator if left out.
 * @throws when `random` has another length.
 */
export function generatePrivateKey(random: Uint8Array = randomBytes(PRIVATE_KEY_SEED_BYTES)): string {
  return bytesToHex(p256.utils.randomSecretKey(random));
}

/** Uncompressed public point of a private key. @throws TypeError or RangeError for what is no private key. */
export function publicKeyOf(privateKeyHex: string): string {
  return bytesToHex(p256.getPublicKey(privateKeyBytes(privateKeyHex), false));
}

/** Signs in this process, deterministically (RFC 6979). @throws TypeError or RangeError for what is no private key. */
export function nobleSigner(privateKeyHex: string): Signer {
  const key = privateKeyBytes(privateKeyHex);
  return {
    publicKey: publicKeyOf(privateKeyHex),
    sign: async (bytes) => bytesToHex(p256.sign(bytes, key, { prehash: true, lowS: true })),
  };
}

/** Signs with a WebCrypto key, which need not be extractable. @throws TypeError for what is no uncompressed point. */
export function webCryptoSigner(privateKey: CryptoKey, publicKey: string): Signer {
  if (!isPublicKeyHex(publicKey)) throw new TypeError('publicKey must be an uncompressed P-256 point in hexadecimal');
  return {
    publicKey,
    sign: async (bytes) => {
      const signature = await globalThis.crypto.subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' },
        privateKey,
        new Uint8Array(bytes),
      );
      return toLowS(bytesToHex(new Uint8Array(signature)));
    },
  };
}

function privateKeyBytes(privateKeyHex: string): Uint8Array {
  const bytes = bytesOfHex(privateKeyHex, 'private key', { byteLength: 32 });
  if (!p256.utils.isValidSecretKey(bytes)) throw new RangeError('private key must be from 1 to the order - 1');
  return bytes;
}
