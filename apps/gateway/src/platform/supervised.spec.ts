import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RunningFile, Supervised } from './supervised';

const SERVES = `process.send({ ready: {} }); setInterval(() => undefined, 1000);`;

describe('a supervised program', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-supervised-'));
  const said: string[] = [];
  const pids: number[] = [];
  let running: Supervised | undefined;

  function programOf(text: string): Supervised {
    const script = path.join(folder, 'program.js');
    writeFileSync(script, text);
    running = new Supervised({
      name: 'sample',
      script,
      environment: { PATH: process.env['PATH'] },
      say: (line) => said.push(line),
      started: (pid) => pids.push(pid),
    });
    return running;
  }

  beforeEach(() => {
    said.length = 0;
    pids.length = 0;
  });
  afterEach(() => running?.stop());
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const isAlive = (pid: number | undefined): boolean => {
    try {
      return process.kill(pid ?? 0, 0);
    } catch {
      return false;
    }
  };

  it('is started again when it dies', async () => {
    await programOf(SERVES).start();
    process.kill(pids[0] ?? 0, 'SIGKILL');
    for (let waited = 0; pids.length < 2 && waited < 10_000; waited += 50) await sleep(50);
    expect(pids).toHaveLength(2);
    expect(isAlive(pids[1])).toBe(true);
    expect(said).toContain('sample ended with SIGKILL: it is started again');
  });

  it('is not started again when it was asked to end', async () => {
    const program = programOf(SERVES);
    await program.start();
    await program.stop();
    expect(isAlive(pids[0])).toBe(false);
    await sleep(1_000);
    expect(pids).toHaveLength(1);
  });

  it('is killed when it does not end by itself', async () => {
    const program = programOf(`process.on('SIGTERM', () => undefined); ${SERVES}`);
    await program.start();
    await program.stop(200);
    expect(isAlive(pids[0])).toBe(false);
  });

  it('that never serves is no start', async () => {
    await expect(programOf('process.exit(3);').start()).rejects.toThrow('sample ended with 3');
    expect(pids).toHaveLength(1);
  });
});

describe('the file of running programs', () => {
  it('names each with its newest process id, and is gone at the end', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-running-'));
    const file = path.join(folder, 'running.json');
    const running = new RunningFile(file);
    running.set('a', 1);
    running.set('b', 2);
    running.set('a', 3);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ supervisor: process.pid, processes: { a: 3, b: 2 } });
    await running.remove();
    expect(() => readFileSync(file)).toThrow(/ENOENT/u);
    rmSync(folder, { recursive: true });
  });
});
