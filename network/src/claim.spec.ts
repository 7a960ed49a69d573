import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { claim } from './claim';

describe('bringing up one network', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-claim-'));
  const home = path.join(folder, 'network');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is for one process at a time', () => {
    const release = claim(home);
    expect(() => claim(home)).toThrow(`Process ${process.pid} is bringing up`);
    release();
    claim(home)();
    expect(existsSync(`${home}.starting`)).toBe(false);
  });

  it('is not kept up by a process that died in the middle', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    writeFileSync(`${home}.starting`, String(pid));
    expect(() => claim(home)()).not.toThrow();
  });
});
