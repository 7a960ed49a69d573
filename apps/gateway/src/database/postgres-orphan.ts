import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 10_000;

/** The data folder is served by a process whose starter still lives. */
export class PostgresInUseError extends Error {
  constructor(
    readonly folder: string,
    readonly pid: number,
  ) {
    super(`the database in ${folder} is in use by another running instance (process ${String(pid)})`);
  }
}

/**
 * Clears what a killed process left: stops a server that outlived its starter, removes a pid file that names nobody.
 * A process is stopped only if its command line says that it serves this very folder and its starter is gone.
 * @param data the data folder, with PostgreSQL's `postmaster.pid`
 * @throws PostgresInUseError if the starter lives
 */
export async function stopOrphan(data: string): Promise<void> {
  const pidFile = path.join(data, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  if (!Number.isSafeInteger(pid) || pid <= 1 || !serves(pid, data)) {
    rmSync(pidFile, { force: true });
    return;
  }
  const parent = parentOf(pid);
  if (parent !== null && isNode(parent)) throw new PostgresInUseError(data, pid);
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal);
    for (let waited = 0; waited < PATIENCE_MS; waited += 50) {
      if (!serves(pid, data)) return;
      await sleep(50);
    }
  }
  throw new Error(`process ${String(pid)} of the database in ${data} does not stop`);
}

function serves(pid: number, data: string): boolean {
  const line = commandLine(pid);
  return line.includes('postgres') && line.split(/[\0 ]/).includes(data);
}

/** An orphan's parent is the system's first process or a session's reaper, never a Node of ours. */
function isNode(pid: number): boolean {
  const [first = ''] = commandLine(pid).split(/[\0 ]/);
  return pid > 1 && path.basename(first).startsWith('node');
}

function commandLine(pid: number): string {
  if (process.platform === 'linux') return readOr(`/proc/${String(pid)}/cmdline`, '');
  return ps(pid, 'command');
}

function parentOf(pid: number): number | null {
  const text =
    process.platform === 'linux'
      ? // After the parenthesised program name, which may hold spaces: state, then parent.
        readOr(`/proc/${String(pid)}/stat`, '')
          .split(') ')
          .at(-1)
          ?.split(' ')[1]
      : ps(pid, 'ppid').trim();
  const parent = Number.parseInt(text ?? '', 10);
  return Number.isSafeInteger(parent) ? parent : null;
}

function readOr(file: string, fallback: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return fallback; // the process is gone
  }
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return ''; // the process is gone
  }
}
