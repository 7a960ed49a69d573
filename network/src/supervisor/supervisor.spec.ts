import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConsortium } from '../consortium';
import { layoutOf, onThisMachine } from '../layout';
import { until } from '../until';
import type { Planned } from './process-plan';
import { endLeftovers, isOurs, readRunning, writeRunning } from './running';
import { Supervisor } from './supervisor';

const idle = (name: string, mark = name): Planned => ({
  name,
  file: process.execPath,
  args: ['-e', 'setInterval(() => 0, 1000)', mark],
  env: {},
});

describe('the supervisor', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'tallystick-supervisor-'));
  const layout = layoutOf(readConsortium(), home, onThisMachine(7050));
  const said: string[] = [];
  const supervisor = new Supervisor(layout, (line) => said.push(line), 500);
  const pids = (): Readonly<Record<string, number>> => readRunning(layout.runningFile)?.processes ?? {};
  afterAll(async () => {
    await supervisor.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('runs what is planned, and notes it with its own number', () => {
    supervisor.follow([idle('one'), idle('two')]);
    expect(Object.keys(pids())).toEqual(['one', 'two']);
    expect(readRunning(layout.runningFile)?.supervisor).toBe(process.pid);
    for (const pid of Object.values(pids())) expect(isOurs(pid, home)).toBe(true);
  });

  it('starts again what dies, and leaves the others alone', async () => {
    const before = pids();
    process.kill(before['one']!, 'SIGKILL');
    await until(5_000, async () => {
      if ((pids()['one'] ?? before['one']) === before['one']) throw new Error('not yet');
    });
    expect(pids()['two']).toBe(before['two']);
    expect(said).toContainEqual(expect.stringContaining('one ended (SIGKILL)'));
  });

  it('lets a process that is only called otherwise now run on', () => {
    const before = pids();
    supervisor.follow([idle('eins', 'one'), idle('two')]);
    expect(pids()).toEqual({ eins: before['one'], two: before['two'] });
  });

  it('ends what is no longer planned', async () => {
    const { two } = pids();
    supervisor.follow([idle('eins', 'one')]);
    await until(5_000, async () => {
      if (isOurs(two!, home)) throw new Error('still there');
    });
    expect(Object.keys(pids())).toEqual(['eins']);
  });

  it('does not start what dies at once faster and faster', async () => {
    const dying = { ...idle('dying'), args: ['-e', 'process.exit(3)'] };
    supervisor.follow([idle('eins', 'one'), dying]);
    await until(10_000, async () => {
      if (!said.some((line) => line.includes('dying ended (code 3); started again in 400 ms')))
        throw new Error('not yet');
    });
    supervisor.follow([idle('eins', 'one')]);
  });

  it('ends everything, one that was stopped included, and leaves no note', async () => {
    const { eins } = pids();
    process.kill(eins!, 'SIGSTOP');
    await supervisor.stop();
    expect(isOurs(eins!, home)).toBe(false);
    expect(readRunning(layout.runningFile)).toBeNull();
  });

  it('leaves processes that a killed one left behind to the next, which ends those and nobody else’s', async () => {
    const orphanage = new Supervisor(layout, () => undefined);
    orphanage.follow([idle('orphan')]);
    const { orphan } = pids();
    // Numbers are used again: this one belongs to another program by now.
    writeRunning(layout.runningFile, { supervisor: 1, processes: { orphan: orphan!, stranger: process.pid } });
    expect(await endLeftovers(layout.runningFile, home)).toEqual(['orphan']);
    expect(isOurs(orphan!, home)).toBe(false);
    await orphanage.stop();
  });
});
