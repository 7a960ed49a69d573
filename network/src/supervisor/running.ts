import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { until } from '../until';

const PATIENCE = 10_000;

/** `running.json`: what runs now, by name and process id. */
export interface Running {
  readonly supervisor: number;
  readonly processes: Readonly<Record<string, number>>;
}

export function readRunning(file: string): Running | null {
  if (!existsSync(file)) return null;
  return JSON.parse(readFileSync(file, 'utf8')) as Running;
}

export function writeRunning(file: string, running: Running): void {
  writeFileSync(`${file}.new`, JSON.stringify(running, null, 2));
  renameSync(`${file}.new`, file);
}

export function removeRunning(file: string): void {
  rmSync(file, { force: true });
}

/**
 * Whether a process of this network's still runs under this number. Numbers are used again: so its environment has to name
 * the network's folder, where the system tells.
 */
export function isOurs(pid: number, home: string): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const told = `/proc/${pid}/environ`;
  if (!existsSync('/proc/self/environ')) return true;
  try {
    const text = readFileSync(told, 'latin1');
    // A dead process that nobody has asked about yet has no environment.
    return text.includes(Buffer.from(`TALLYSTICK_NETWORK=${home}\0`).toString('latin1'));
  } catch {
    return false;
  }
}

/** Ends what a killed supervisor left behind: it would hold the ports and the data. */
export async function endLeftovers(file: string, home: string): Promise<string[]> {
  const left = Object.entries(readRunning(file)?.processes ?? {}).filter(([, pid]) => isOurs(pid, home));
  for (const [, pid] of left) process.kill(pid, 'SIGKILL');
  await until(PATIENCE, async () => {
    const alive = left.filter(([, pid]) => isOurs(pid, home));
    if (alive.length > 0) throw new Error(`${alive.map(([name]) => name).join(', ')} cannot be ended`);
  });
  return left.map(([name]) => name);
}
