import { fork, type ChildProcess } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program of ours that says by a message when it serves: `{ ready: … }`; other messages are news. */
export interface Program {
  name: string;
  script: string;
  environment: NodeJS.ProcessEnv;
  /** Hears what the program says on its way, and of each of its deaths. */
  say: (line: string) => void;
  /** Told the process id each time the program is started. */
  started: (pid: number) => void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** How long an ending program may take before it is killed. */
const PATIENCE_MS = 20_000;

/** A program in a process of its own: started again, after a growing pause, whenever it dies. */
export class Supervised {
  private child: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(private readonly program: Program) {}

  /** Resolves when the program serves. @throws Error when it ends before */
  start(): Promise<void> {
    return this.launch();
  }

  /** Asks the program to end, and waits until it has. @param patience in ms: then it is killed */
  async stop(patience = PATIENCE_MS): Promise<void> {
    this.stopping.abort();
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const late = new AbortController();
    const killing = sleep(patience, undefined, { signal: late.signal }).then(
      () => child.kill('SIGKILL'),
      () => undefined,
    );
    await this.ended;
    late.abort();
    await killing;
  }

  private launch(): Promise<void> {
    const { name, script, environment, say, started } = this.program;
    // Only we hear Ctrl-C: its group is its own, and it ends when we ask it to, or when we are gone.
    const child = fork(script, { env: environment, stdio: ['ignore', 'ignore', 'inherit', 'ipc'], detached: true });
    this.child = child;
    started(child.pid ?? 0);
    let exited: () => void = () => undefined;
    this.ended = new Promise((resolve) => (exited = resolve));
    return new Promise((resolve, reject) => {
      let served = false;
      child.on('message', (message: { progress?: string; ready?: unknown }) => {
        if (message.progress !== undefined) say(`${name}: ${message.progress}`);
        if (message.ready === undefined) return;
        served = true;
        resolve();
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        exited();
        if (this.stopping.signal.aborted) return;
        const how = `${name} ended with ${signal ?? String(code)}`;
        if (served) void this.again(how);
        else reject(new Error(how));
      });
    });
  }

  private async again(how: string): Promise<void> {
    const { say } = this.program;
    say(`${how}: it is started again`);
    let waiting = FIRST_PAUSE_MS;
    while (!this.stopping.signal.aborted) {
      await sleep(waiting, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.stopping.signal.aborted) return;
      try {
        await this.launch();
        return;
      } catch (error) {
        say(`${error instanceof Error ? error.message : 'it does not start'}: it is tried again`);
      }
      waiting = Math.min(2 * waiting, LONGEST_PAUSE_MS);
    }
  }
}

/** A file that says which programs run now, by name and process id: for who wants to look after them, or end one. */
export class RunningFile {
  private readonly processes: Record<string, number> = {};

  constructor(private readonly file: string) {}

  set(name: string, pid: number): void {
    this.processes[name] = pid;
    const fresh = `${this.file}.new`;
    writeFileSync(fresh, `${JSON.stringify({ supervisor: process.pid, processes: this.processes }, null, 2)}\n`);
    renameSync(fresh, this.file);
  }

  remove(): Promise<void> {
    rmSync(this.file, { force: true });
    return Promise.resolve();
  }
}
