import { bytesToHex } from './bytes';

/** `byteLength` random bytes of the platform's generator: the only randomness in this library. */
export function randomBytes(byteLength: number): Uint8Array<ArrayBuffer> {
  return globalThis.crypto.getRandomValues(new Uint8Array(byteLength));
}

/** {@link randomBytes} in lower-case hexadecimal, for salts and ids. */
export function randomHex(byteLength: number): string {
  return bytesToHex(randomBytes(byteLength));
}
