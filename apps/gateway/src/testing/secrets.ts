import { Session } from '@tallystick/client';
import { deriveWrappingKey } from '@tallystick/crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Trial } from './trial';

const P256 = { name: 'ECDSA', namedCurve: 'P-256' };

/** What is authenticated with a wrapped key: its domain and the public key, lengths first. */
function authenticated(publicKey: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(publicKey.length);
  return Buffer.concat([Buffer.from('tallystick/wrapped-key/1\0'), length, Buffer.from(publicKey)]);
}

/** A person's private key in hexadecimal, got at with the password; null for people who only look. */
async function privateKeyOf(baseUrl: string, user: string, password: string): Promise<string | null> {
  const { profile } = await Session.open(baseUrl, user, password);
  const [key] = profile.keys;
  if (key === undefined) return null;
  const wrapping = await deriveWrappingKey(password, { user, salt: profile.salt });
  const { iv, ciphertext } = key.wrappedKey;
  const algorithm = {
    name: 'AES-GCM',
    iv: Buffer.from(iv, 'hex'),
    additionalData: authenticated(key.publicKey),
  };
  const bytes = Buffer.from(ciphertext, 'hex');
  const opened = await crypto.subtle.unwrapKey('pkcs8', bytes, wrapping, algorithm, P256, true, ['sign']);
  const { d = '' } = await crypto.subtle.exportKey('jwk', opened);
  return Buffer.from(d, 'base64url').toString('hex');
}

/** Every private key of a trial's people and services, in hexadecimal. */
export async function privateKeysOf(trial: Trial): Promise<string[]> {
  const people = trial.logins
    .all()
    .map(({ org, user, password }) => privateKeyOf(trial.gatewayOf(org), user, password));
  const services = trial.gateways.flatMap(({ home }) => {
    const folder = path.join(home, 'keys');
    const files = readdirSync(folder).filter((name) => /MSP\.key$/u.test(name));
    return files.map((name) => readFileSync(path.join(folder, name), 'utf8').trim());
  });
  return [...(await Promise.all(people)).filter((key) => key !== null), ...services];
}

/** How a key might be written. */
export const spellings = (hex: string): string[] => [
  hex,
  hex.toUpperCase(),
  Buffer.from(hex, 'hex').toString('base64').replace(/=+$/u, ''),
  Buffer.from(hex, 'hex').toString('base64url'),
];
