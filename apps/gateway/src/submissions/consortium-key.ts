import { Inject, Injectable } from '@nestjs/common';
import { randomHex } from '@tallystick/crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CONFIG, type Config } from '../config/config';

/** The consortium's key for invoice fingerprints. Every gateway of an issuer has the same one, of which `Genesis` keeps a hash. */
@Injectable()
export class ConsortiumKey {
  private key: string | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** 32 bytes in hexadecimal. @throws Error where there is none */
  get fingerprint(): string {
    this.key ??= readConsortiumKey(this.config.home);
    return this.key;
  }
}

const fileIn = (home: string): string => path.join(home, 'keys', 'fingerprint.key');

/** Reads `keys/fingerprint.key` of a data folder. @throws Error when it is not there, or holds anything else */
export function readConsortiumKey(home: string): string {
  const file = fileIn(home);
  if (!existsSync(file))
    throw new Error(`${file} is not there: the founder of the network gives every organisation a copy`);
  const key = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/u.test(key)) throw new Error(`${file} holds no key of 32 bytes`);
  return key;
}

/** The founder's key, made at the founding. */
export function makeConsortiumKey(home: string): string {
  if (!existsSync(fileIn(home))) writeKey(home, randomHex(32));
  return readConsortiumKey(home);
}

/** Gives the organisations of a trial on one machine their copies of the founder's key, which is made when it is not there yet. */
export function shareConsortiumKey(founder: string, others: readonly string[]): void {
  const key = makeConsortiumKey(founder);
  for (const home of others) if (!existsSync(fileIn(home))) writeKey(home, key);
}

function writeKey(home: string, key: string): void {
  const file = fileIn(home);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, key, { mode: 0o600, flag: 'wx' });
}
