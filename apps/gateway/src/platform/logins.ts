import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A person of the trial consortium and how to sign in as them. */
export interface Login {
  firm: string;
  /** Organisation at whose gateway they sign in. */
  org: string;
  role: string;
  user: string;
  password: string;
}

/** The starter's table of logins, in a file that only its owner reads. It exists on trial networks alone. */
export class Logins {
  private readonly file: string;
  private readonly known: Login[];

  constructor(home: string) {
    this.file = path.join(home, 'logins.json');
    this.known = existsSync(this.file) ? (JSON.parse(readFileSync(this.file, 'utf8')) as Login[]) : [];
  }

  all(): readonly Login[] {
    return this.known;
  }

  /** The login of a user, made with a fresh password when it is new, and on disk before anybody uses it. */
  for(person: Omit<Login, 'password'>): Login {
    const { firm, org, role, user } = person;
    const found = this.known.find((login) => login.user === user);
    if (found !== undefined) return found;
    const login = { firm, org, role, user, password: pronounceable() };
    this.known.push(login);
    const fresh = `${this.file}.new`;
    writeFileSync(fresh, `${JSON.stringify(this.known, null, 2)}\n`, { mode: 0o600 });
    renameSync(fresh, this.file);
    return login;
  }
}

const CONSONANTS = 'bdfghjkmnprstvz';
const VOWELS = 'aeiou';

/** Four groups of two syllables: 50 bits, easy to type, `tamo-veki-dura-pozi`. */
function pronounceable(): string {
  const pick = (letters: string): string => letters.charAt(randomInt(letters.length));
  const group = (): string => pick(CONSONANTS) + pick(VOWELS) + pick(CONSONANTS) + pick(VOWELS);
  return [group(), group(), group(), group()].join('-');
}
