import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Keeps others from bringing the same network up at the same time.
 * @returns what lets go again
 * @throws Error with a message for people when another process is at it
 */
export function claim(home: string): () => void {
  const file = `${home}.starting`;
  mkdirSync(path.dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const other = ownerOf(file);
    if (other !== null && runs(other))
      throw new Error(
        `Process ${other} is bringing up the network in ${home} just now. (If it is not, remove ${file}.)`,
      );
    rmSync(file, { force: true });
  }
}

function ownerOf(file: string): number | null {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return null; // it has just let go
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
