import { Inject, Injectable } from '@nestjs/common';
import { randomHex } from '@tallystick/crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CONFIG, type Config } from '../config/config';

/**
 * The consortium's key for invoice fingerprints. Every gateway of an issuer has the same one: the founder's is made at its first
 * start, others are given a copy of the file.
 */
@Injectable()
export class ConsortiumKey {
  private key: string | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** 32 bytes in hexadecimal. @throws Error for a file with anything else in it */
  get fingerprint(): string {
    this.key ??= readConsortiumKey(this.config.home);
    return this.key;
  }
}

/** Reads `keys/fingerprint.key` of a data folder, or makes it, readable by its owner only. */
export function readConsortiumKey(home: string): string {
  const file = path.join(home, 'keys', 'fingerprint.key');
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, randomHex(32), { mode: 0o600, flag: 'wx' });
  }
  const key = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/u.test(key)) throw new Error(`${file} holds no key of 32 bytes`);
  return key;
}
