import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readConsortium, type Consortium } from './consortium';
import type { Programs } from './programs';

/** What a network's folder says about itself: the description it was made from, its ports, the programs it runs on. */
export interface Instance {
  readonly consortium: Consortium;
  readonly basePort: number;
  readonly programs: Programs;
}

const FILE = 'network.json';
const CONSORTIUM = 'consortium.json';

export function hasInstance(home: string): boolean {
  return existsSync(path.join(home, FILE));
}

/** @throws Error for a folder without a network */
export function readInstance(home: string): Instance {
  if (!hasInstance(home)) throw new Error(`There is no network in ${home}.`);
  const { basePort, programs } = JSON.parse(readFileSync(path.join(home, FILE), 'utf8')) as Omit<
    Instance,
    'consortium'
  >;
  return { consortium: readConsortium(path.join(home, CONSORTIUM)), basePort, programs };
}

/** @throws Error for a folder with somebody else's files */
export function writeInstance(home: string, { consortium, basePort, programs }: Instance): void {
  if (!hasInstance(home) && existsSync(home) && readdirSync(home).some((name) => !name.startsWith('README')))
    throw new Error(`${home} holds other files; name another folder in FABRIC_HOME.`);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(home, CONSORTIUM), JSON.stringify(consortium, null, 2));
  writeFileSync(path.join(home, FILE), JSON.stringify({ basePort, programs }, null, 2));
}
