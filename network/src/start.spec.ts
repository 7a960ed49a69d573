import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Runs the starter in a case that ends before anything is installed, built or started. */
function start(environment: Record<string, string>, ...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [path.join(__dirname, '..', 'start.mjs'), ...args], {
    env: { ...process.env, PORT: '0', ...environment },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ code, said });
    });
  });
}

describe('npm start', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-start-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('does not remove or use a folder with somebody else’s files', async () => {
    const precious = path.join(folder, 'precious');
    writeFileSync(precious, 'mine');
    for (const args of [['--reset'], []]) {
      const { code, said } = await start({ TALLYSTICK_HOME: folder }, ...args);
      expect(code).toBe(1);
      expect(said).toMatch(/was not made by Tallystick|holds other files/);
    }
    expect(existsSync(precious)).toBe(true);
  });

  it('says clearly that the port is busy, and touches nothing', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const port = String((server.address() as AddressInfo).port);
    const home = path.join(folder, 'home');
    const { code, said } = await start({ TALLYSTICK_HOME: home, PORT: port });
    server.close();
    expect(code).toBe(1);
    expect(said).toContain(`Port ${port} is in use`);
    expect(existsSync(home)).toBe(false);
  });
});
