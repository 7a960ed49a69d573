import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Algorithm, hash, verify } from '@node-rs/argon2';
import { CONFIG, type Config } from '../config/config';
import { ProblemError } from '../problem/problem.error';

// OWASP's least for argon2id; what is hashed is itself the product of 600,000 rounds of PBKDF2 in the browser.
const COST = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** More at once would only slow everybody else down. */
const AT_ONCE = 2;
const MOST_WAITING = 200;

/** Hashes and checks login secrets, a few at a time, so that a flood of sign-ins does not starve the rest. */
@Injectable()
export class PasswordHash {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private decoy: Promise<string> | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  hash(secret: string): Promise<string> {
    return this.turn(() => hash(secret, COST));
  }

  /** For an unknown user give null: the same work is done, and the answer is no. */
  async verify(secretHash: string | null, secret: string): Promise<boolean> {
    this.decoy ??= this.hash(this.config.serverSecret);
    const decoy = await this.decoy;
    const right = await this.turn(() => verify(secretHash ?? decoy, secret));
    return right && secretHash !== null;
  }

  /** A salt for a user name that does not exist: always the same one, and nobody can tell it from a real one. */
  decoySalt(user: string): string {
    return createHmac('sha256', this.config.serverSecret).update('salt\0').update(user).digest('hex').slice(0, 32);
  }

  private async turn<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting.length >= MOST_WAITING) throw new ProblemError('TOO_MANY_REQUESTS', { retryAfterSeconds: 5 });
    if (this.running >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await work();
    } finally {
      // The place passes to the next in line, or is given back.
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
