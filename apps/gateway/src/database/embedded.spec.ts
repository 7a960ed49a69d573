import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbedded } from './embedded';

const quick = { settings: { fsync: 'off' } };

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const pidOf = (home: string) =>
  Number.parseInt(readFileSync(path.join(home, 'postgres/data/postmaster.pid'), 'utf8'), 10);

describe('embedded PostgreSQL', () => {
  // A folder that only we may enter, as a clone below /root would be.
  const home = mkdtempSync(path.join(tmpdir(), 'tallystick-embedded-'));

  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
  });

  it('keeps its data over a stop and start, and its passwords for its owner', async () => {
    const first = await startEmbedded(home, quick);
    await ask(first.databaseOwnerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = await startEmbedded(home, quick);
    expect(await ask(second.databaseOwnerUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await second.stop();
    expect(statSync(path.join(home, 'secrets.json')).mode & 0o077).toBe(0);
  });

  it('refuses a wrong password', async () => {
    const server = await startEmbedded(home, quick);
    const forged = new URL(server.databaseUrl);
    forged.password = 'wrong';
    await expect(ask(forged.toString(), 'SELECT 1')).rejects.toThrow(/password/);
    await server.stop();
  });

  it('gives the application a role that cannot bypass row-level security', async () => {
    const server = await startEmbedded(home, quick);
    const rows = await ask(
      server.databaseUrl,
      'SELECT rolbypassrls, rolsuper FROM pg_roles WHERE rolname = current_user',
    );
    expect(rows).toEqual([{ rolbypassrls: false, rolsuper: false }]);
    await server.stop();
  });

  it('refuses a folder that a living process serves, and leaves that one running', async () => {
    const server = await startEmbedded(home, quick);
    await expect(startEmbedded(home, quick)).rejects.toThrow(/in use by another running instance/);
    expect(await ask(server.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('starts again after its starter was killed', async () => {
    const bin = startedBy(home);
    await bin.started;
    bin.child.kill('SIGKILL');
    await sleep(100);
    const server = await startEmbedded(home, quick);
    expect(await ask(server.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('stops a server that outlived its starter', async () => {
    const server = await startEmbedded(home, quick);
    const { pid, args } = describeProcess(pidOf(home));
    await server.stop();
    // The same server again, started by a shell that ends at once and without the kernel's death signal.
    const [program = '', ...rest] = args;
    const asUser = process.getuid?.() === 0 ? [...capabilities(), program, ...rest] : [program, ...rest];
    const shell = spawn('sh', ['-c', '"$@" 2>/dev/null & sleep 1', 'sh', ...asUser], {
      cwd: '/',
      stdio: 'ignore',
      detached: true,
    });
    await new Promise((resolve) => shell.once('exit', resolve));
    const orphan = pidOf(home);
    expect(orphan).not.toBe(pid);
    const next = await startEmbedded(home, quick);
    expect(
      existsSync(`/proc/${String(orphan)}/cmdline`) ? readFileSync(`/proc/${String(orphan)}/cmdline`, 'utf8') : '',
    ).toBe('');
    await next.stop();
  });

  it('does not touch a foreign process whose number a stale pid file names', async () => {
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    writeFileSync(path.join(home, 'postgres/data/postmaster.pid'), `${String(stranger.pid)}\n${home}/postgres/data\n`);
    const server = await startEmbedded(home, quick);
    expect(stranger.exitCode).toBeNull();
    await server.stop();
    stranger.kill();
  });
});

function capabilities(): string[] {
  return [
    'setpriv',
    '--reuid',
    'postgres',
    '--regid',
    'postgres',
    '--clear-groups',
    '--inh-caps',
    '+dac_override',
    '--ambient-caps',
    '+dac_override',
  ];
}

function describeProcess(pid: number): { pid: number; args: string[] } {
  return {
    pid,
    args: readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')
      .split('\0')
      .slice(0, -1),
  };
}

/** Another Node process that starts the same folder's server and then only waits. */
function startedBy(home: string): { child: ReturnType<typeof spawn>; started: Promise<unknown> } {
  const script = `
    require('@swc/core');
    const { transformSync } = require('@swc/core');
    const Module = require('node:module');
    const { readFileSync } = require('node:fs');
    Module._extensions['.ts'] = (module, file) => module._compile(transformSync(readFileSync(file, 'utf8'), {
      filename: file, jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }).code, file);
    require(${JSON.stringify(path.join(__dirname, 'embedded.ts'))}).startEmbedded(${JSON.stringify(home)}, { settings: { fsync: 'off' } })
      .then(() => { console.log('started'); setInterval(() => {}, 1000); });`;
  const child = spawn(process.execPath, ['-e', script], {
    cwd: path.resolve(__dirname, '../../../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, started: new Promise((resolve) => child.stdout.once('data', resolve)) };
}
