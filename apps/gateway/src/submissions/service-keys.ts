import { generatePrivateKey, keyIdOf, nobleSigner, publicKeyOf, type Signer } from '@tallystick/crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** An organisation's service key: signs only the acts that `ledger.md` §3.1 leaves to services. */
export interface ServiceKey {
  keyId: string;
  publicKey: string;
  signer: Signer;
}

/** By file: a key is read once, for its public point takes a millisecond to compute. */
const known = new Map<string, ServiceKey>();

/** Reads `keys/<msp>.key` of a data folder, or makes it at the first start, readable by its owner only. */
export function serviceKeyOf(home: string, msp: string): ServiceKey {
  if (!/^[A-Za-z][A-Za-z0-9]{1,40}$/u.test(msp)) throw new RangeError(`not an organisation: ${msp}`);
  const file = path.join(home, 'keys', `${msp}.key`);
  const found = known.get(file);
  if (found !== undefined) return found;
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, generatePrivateKey(), { mode: 0o600, flag: 'wx' });
  }
  const privateKey = readFileSync(file, 'utf8').trim();
  const publicKey = publicKeyOf(privateKey);
  const key = { keyId: keyIdOf(publicKey), publicKey, signer: nobleSigner(privateKey) };
  known.set(file, key);
  return key;
}
