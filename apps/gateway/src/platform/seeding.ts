import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Settings } from '../config/config';
import { stopOrphan } from '../database/postgres-orphan';
import { dataOf } from '../database/postgres-process';
import { seedMembers } from '../seed/members';
import { seedTrial, type SeedInput } from '../seed/seed';

const SEEDED = 'seeded';
const LEDGER = 'ledger';
/** What the starter keeps in the data folder for itself. */
const STARTERS_OWN = new Set(['.tallystick-home', 'running.pid', 'build.json', LEDGER]);

/** Whether the trial's data are complete. */
export const isSeeded = (home: string): boolean => existsSync(path.join(home, SEEDED));

/** Tells the trial's past, and marks its data as complete. */
export async function tellPast(home: string, seed: Settings['trialSeed'], input: SeedInput): Promise<void> {
  await (seed === 'members' ? seedMembers : seedTrial)(input);
  writeFileSync(path.join(home, SEEDED), 'The trial data are complete.\n');
}

/**
 * Marks a data folder as that of one kind of ledger: what stands in the databases is what stands there.
 * @throws Error for a folder with data of the other kind
 */
export function claimHome(home: string, kind: 'embedded' | 'fabric'): void {
  const file = path.join(home, LEDGER);
  const held = existsSync(file)
    ? readFileSync(file, 'utf8').trim()
    : // The embedded ledger was there before there was another.
      existsSync(path.join(home, 'postgres'))
      ? 'embedded'
      : kind;
  if (held !== kind) {
    throw new Error(
      `${home} holds the data of a trial on the ${held} ledger. Name another folder in TALLYSTICK_HOME, or begin anew: npm start -- --reset`,
    );
  }
  mkdirSync(home, { recursive: true });
  writeFileSync(file, `${kind}\n`);
}

/**
 * A first start that was killed leaves half a past: it is removed and told again from the beginning. Nobody else's data can be
 * lost, for nobody is let in before the seed is done.
 * @returns whether there was something to remove
 */
export async function beginAnewIfUnfinished(home: string): Promise<boolean> {
  if (isSeeded(home) || !existsSync(path.join(home, 'postgres'))) return false;
  await stopOrphan(dataOf(path.join(home, 'postgres')));
  for (const name of readdirSync(home)) {
    if (!STARTERS_OWN.has(name)) rmSync(path.join(home, name), { recursive: true, force: true });
  }
  return true;
}
