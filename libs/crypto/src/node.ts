/**
 * OpenSSL under the same functions, for Node processes: some 25 times faster to verify. Apart from the main entry, so
 * that browsers never meet `node:crypto`.
 *
 * @module
 */
import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';
import { useSha256, type Sha256 } from './hash';
import { useVerifier, type SignatureVerifier } from './signature';

/** Parsed keys kept at most; a channel's active members fit, a flood of invented keys does not grow it. */
const MAX_KEYS = 4096;

const nodeSha256: Sha256 = {
  bytes: (data) => hash('sha256', data, 'buffer'),
  hex: (data) => hash('sha256', data, 'hex'),
};

/** A verifier of OpenSSL's that remembers the keys it parsed. */
export interface NodeVerifier extends SignatureVerifier {
  /** Public keys in memory, the least recently used first. */
  cachedKeys(): string[];
}

/** A verifier with a cache of its own, which drops the key unused for longest beyond `maxKeys`. */
export function createNodeVerifier(maxKeys: number = MAX_KEYS): NodeVerifier {
  const keys = new Map<string, KeyObject>();
  const keyOf = (publicKey: string): KeyObject => {
    const key = keys.get(publicKey) ?? parsePoint(publicKey);
    // A Map iterates in the order of insertion: what is put in again goes last.
    keys.delete(publicKey);
    keys.set(publicKey, key);
    const [oldest] = keys.keys();
    if (keys.size > maxKeys && oldest !== undefined) keys.delete(oldest);
    return key;
  };
  const verifier: SignatureVerifier = (publicKey, bytes, signature) => {
    let key: KeyObject;
    try {
      key = keyOf(publicKey);
    } catch {
      return false; // OpenSSL refuses a point off the curve.
    }
    return verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'hex'));
  };
  return Object.assign(verifier, { cachedKeys: () => [...keys.keys()] });
}

/** Verifies signatures and hashes with `node:crypto` from now on, in the whole process. */
export function useNodeVerifier(): void {
  useVerifier(createNodeVerifier());
  useSha256(nodeSha256);
}

function parsePoint(publicKey: string): KeyObject {
  const coordinate = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
  const x = coordinate(publicKey.slice(2, 66));
  const y = coordinate(publicKey.slice(66));
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
}
