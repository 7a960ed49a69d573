import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stopOrphan } from '../database/postgres-orphan';
import { dataOf } from '../database/postgres-process';

const SEEDED = 'seeded';
/** What the starter keeps in the data folder for itself. */
const STARTERS_OWN = new Set(['.tallystick-home', 'running.pid', 'build.json']);

/** Whether the trial's data are complete. */
export const isSeeded = (home: string): boolean => existsSync(path.join(home, SEEDED));

/** Marks the trial's data as complete. */
export const finishSeeding = (home: string): void => {
  writeFileSync(path.join(home, SEEDED), 'The trial data are complete.\n');
};

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
