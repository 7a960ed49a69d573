// The folder that holds everything an instance keeps. It is ours only if it carries our mark.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const MARK = '.tallystick-home';
const RUNNING = 'running.pid';
const PATIENCE_MS = 10_000;

/** Makes the folder, or takes over one of ours. @throws Error for a folder with somebody else's files */
export function openHome(home) {
  const strange = existsSync(home) && !existsSync(path.join(home, MARK)) && readdirSync(home).length > 0;
  if (strange) throw new Error(`${home} holds other files; name another folder in TALLYSTICK_HOME.`);
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, MARK), 'Data of a Tallystick instance; "npm start -- --reset" removes this folder.\n');
}

/** Removes the folder with all its data. @throws Error for a folder that we did not make */
export function resetHome(home) {
  if (!existsSync(home)) return;
  if (!existsSync(path.join(home, MARK))) throw new Error(`${home} was not made by Tallystick, so it is not removed.`);
  rmSync(home, { recursive: true, force: true });
}

/** Waits for an instance that is just ending. @throws Error if one goes on running there */
export async function waitUntilFree(home) {
  for (let waited = 0; ; waited += 100) {
    const pid = runningIn(home);
    if (pid === null) return;
    if (waited >= PATIENCE_MS) throw new Error(`Tallystick is already running on ${home} (process ${pid}).`);
    await sleep(100);
  }
}

export function markRunning(home, pid) {
  writeFileSync(path.join(home, RUNNING), String(pid));
}

export function unmarkRunning(home) {
  rmSync(path.join(home, RUNNING), { force: true });
}

function runningIn(home) {
  const file = path.join(home, RUNNING);
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, 'utf8'));
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') return null;
  }
  // The number may belong to another program by now.
  const commandLine = `/proc/${pid}/cmdline`;
  return existsSync(commandLine) && !readFileSync(commandLine, 'utf8').includes('main.js') ? null : pid;
}
