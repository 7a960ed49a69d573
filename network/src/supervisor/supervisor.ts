import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Layout } from '../layout';
import type { Planned } from './process-plan';
import { removeRunning, writeRunning } from './running';

/** A process that dies at once again and again is not started faster than this (ms). */
const LONGEST_PAUSE = 5_000;
const SHORTEST_PAUSE = 200;
/** After this long (ms) a process counts as having started well. */
const SETTLED = 10_000;
const LARGEST_LOG = 20_000_000;

interface Kept {
  /** A process may be known by another name later. */
  name: string;
  readonly plan: Planned;
  child: ChildProcess | null;
  startedAt: number;
  pause: number;
  timer: NodeJS.Timeout | null;
}

/** Keeps the processes of a plan running: what dies is started again. */
export class Supervisor {
  /** By what is run; names are for people. */
  private readonly kept = new Map<string, Kept>();
  private stopping = false;

  constructor(
    private readonly layout: Layout,
    private readonly say: (line: string) => void,
    /** How long (ms) processes may take to end by themselves. */
    private readonly patience = 10_000,
  ) {
    mkdirSync(layout.logs, { recursive: true });
  }

  /** Makes what runs what is planned; what is planned as before runs on. */
  follow(plan: readonly Planned[]): void {
    if (this.stopping) return;
    const wanted = new Map(plan.map((each) => [identityOf(each), each]));
    for (const [identity, kept] of this.kept) {
      if (wanted.has(identity)) continue;
      this.kept.delete(identity);
      if (kept.timer !== null) clearTimeout(kept.timer);
      kept.child?.kill('SIGTERM');
      this.say(`${kept.name} is no longer wanted`);
    }
    for (const [identity, each] of wanted) {
      const known = this.kept.get(identity);
      if (known === undefined) this.start(each, each.name, SHORTEST_PAUSE);
      else known.name = each.name;
    }
    this.note();
  }

  /** Ends everything; resolves when nothing runs any more. */
  async stop(): Promise<void> {
    this.stopping = true;
    const children = [...this.kept.values()].flatMap(({ child, timer }) => {
      if (timer !== null) clearTimeout(timer);
      return child === null ? [] : [child];
    });
    const over = Promise.all(children.map(ended));
    for (const child of children) child.kill('SIGTERM');
    // One that is stopped (SIGSTOP) hears nothing else.
    const kill = setTimeout(() => children.forEach((child) => child.kill('SIGKILL')), this.patience);
    await over;
    clearTimeout(kill);
    removeRunning(this.layout.runningFile);
  }

  private start(plan: Planned, name: string, pause: number): void {
    const log = openLog(path.join(this.layout.logs, `${name}.log`));
    const child = spawn(plan.file, plan.args, {
      cwd: this.layout.home,
      env: { ...inherited(), ...plan.env, TALLYSTICK_NETWORK: this.layout.home },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const kept: Kept = { name, plan, child, startedAt: performance.now(), pause, timer: null };
    this.kept.set(identityOf(plan), kept);
    child.once('error', (error) => this.say(`${kept.name} cannot be started: ${error.message}`));
    child.once('close', (code, signal) => this.onEnd(kept, signal ?? `code ${code}`));
  }

  private onEnd(kept: Kept, how: string): void {
    if (this.stopping || this.kept.get(identityOf(kept.plan)) !== kept) return;
    const settled = performance.now() - kept.startedAt > SETTLED;
    const pause = settled ? SHORTEST_PAUSE : kept.pause;
    this.say(`${kept.name} ended (${how}); started again in ${pause} ms`);
    kept.child = null;
    this.note();
    kept.timer = setTimeout(() => {
      this.start(kept.plan, kept.name, Math.min(2 * pause, LONGEST_PAUSE));
      this.note();
    }, pause);
  }

  private note(): void {
    if (this.stopping) return;
    const processes = [...this.kept.values()].flatMap(({ name, child }) =>
      child?.pid === undefined ? [] : [[name, child.pid] as const],
    );
    writeRunning(this.layout.runningFile, { supervisor: process.pid, processes: Object.fromEntries(processes) });
  }
}

function identityOf({ file, args, env }: Planned): string {
  return JSON.stringify([file, args, env]);
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) resolve();
    else child.once('close', () => resolve());
  });
}

/** Only what programs need to run at all: no password of whoever started the network. */
function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TZ', 'SystemRoot'];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** Appends; a log that has grown large becomes the older one of two. */
function openLog(file: string): number {
  if (existsSync(file) && statSync(file).size > LARGEST_LOG) renameSync(file, `${file}.old`);
  return openSync(file, 'a', 0o600);
}
