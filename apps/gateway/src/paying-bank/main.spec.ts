import { build } from 'esbuild';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase, type TestDatabase } from '../testing/database';

const repository = path.resolve(__dirname, '../../../..');
const source = (name: string): string => path.join(repository, 'libs', name);

describe('the paying bank in a process of its own', () => {
  let folder: string;
  let program: string;
  let database: TestDatabase;
  const started: ChildProcess[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'paying-bank-'));
    program = path.join(folder, 'paying-bank.cjs');
    database = await testDatabase();
    await build({
      entryPoints: [path.join(__dirname, 'main.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      alias: {
        '@tallystick/crypto/node': source('crypto/src/node.ts'),
        '@tallystick/crypto': source('crypto/src/index.ts'),
        '@tallystick/domain': source('domain/src/index.ts'),
        '@tallystick/protocol': source('protocol/src/index.ts'),
      },
      external: ['pg-native'],
      logLevel: 'error',
    });
  });
  afterAll(async () => {
    for (const child of started) child.kill('SIGKILL');
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (environment: Record<string, string>) => {
    const child = spawn(process.execPath, [program], {
      env: { PATH: process.env['PATH'] ?? '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    return child;
  };
  const settings = (): Record<string, string> => ({
    DATABASE_URL: database.databaseUrl,
    TALLYSTICK_HOME: folder,
    PAYING_BANK_ORGS: 'BankAMSP,BankBMSP',
    PAYING_BANK_TOKEN: 'a token of the tests, long enough here',
    PAYING_BANK_PORT: '0',
  });

  it('says where it listens, serves the banks named to those with its token, and ends when told', async () => {
    const child = run(settings());
    const [line] = (await once(child.stdout!, 'data')) as [Buffer];
    const url = /at (http:\/\/127\.0\.0\.1:\d+)/u.exec(line.toString())?.[1] ?? '';
    const messages = (bank: string, token: string) =>
      fetch(`${url}/v1/${bank}/messages?after=0`, { headers: { authorization: `Bearer ${token}`, client: 'CoreMSP' } });
    const token = settings()['PAYING_BANK_TOKEN'] ?? '';
    expect((await messages('BankAMSP', token)).status).toBe(200);
    expect((await messages('BankBMSP', token)).status).toBe(200);
    expect((await messages('CoreMSP', token)).status).toBe(404);
    expect((await messages('BankAMSP', `${token}x`)).status).toBe(401);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each([
    ['a database', 'DATABASE_URL', 'mysql://x'],
    ['a token worth the name', 'PAYING_BANK_TOKEN', 'short'],
    ['a port', 'PAYING_BANK_PORT', '70000'],
  ])('does not start without %s, and says which setting is wrong', async (_, name, value) => {
    const child = run({ ...settings(), [name]: value });
    let said = '';
    child.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(said).toContain(name);
  });
});
