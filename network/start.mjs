// `npm start`: from a fresh clone to a running platform. Plain Node and no dependency, for it runs before any is there.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { markRunning, openHome, resetHome, unmarkRunning, waitUntilFree } from './home.mjs';
import { build, checkNode, clone, install, run } from './prepare.mjs';

const started = Date.now();
const say = (line) => console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);

async function main() {
  checkNode();
  const home = path.resolve(process.env.TALLYSTICK_HOME || path.join(clone, '.data'));
  const port = Number(process.env.PORT || 8080);
  const onFabric = (process.env.LEDGER || 'embedded') !== 'embedded';
  const isAnew = process.argv.includes('--reset');
  await waitUntilFree(home);
  for (const each of portsFrom(port, onFabric)) await checkPort(each);
  if (isAnew) {
    resetHome(home);
    say('removed the data of earlier runs');
  }
  openHome(home);
  await install(say);
  await build(say);
  // What the gateways know and what the ledger says belong together.
  if (isAnew && onFabric) await cleanFabric();
  process.exitCode = await runPlatform(home, port);
}

/** The gateway's port; on Fabric one for each organisation's, and after them the paying services of the banks. */
function portsFrom(port, onFabric) {
  if (!onFabric || port === 0) return [port];
  const { organisations } = JSON.parse(readFileSync(path.join(clone, 'network', 'consortium.json'), 'utf8'));
  const count = organisations.length + organisations.filter(({ authority }) => authority).length;
  return Array.from({ length: count }, (_, index) => port + index);
}

async function cleanFabric() {
  const program = path.join(clone, 'network', 'dist', 'fabric.main.js');
  await run(process.execPath, [program, 'clean']);
  say('removed the Fabric network of earlier runs');
}

/** @throws Error with a message for people if somebody listens there */
function checkPort(port) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => {
      const why = error.code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be used (${error.code})`;
      reject(new Error(`Port ${port} ${why}. Choose another one: PORT=8090 npm start`));
    });
    probe.listen(port, process.env.HOST || '127.0.0.1', () => probe.close(resolve));
  });
}

/** Runs the platform until it ends; passes signals on and waits. @returns the exit code */
function runPlatform(home, port) {
  return new Promise((resolve) => {
    const env = { ...process.env, TALLYSTICK_HOME: home, PORT: String(port) };
    const child = fork(path.join(clone, 'apps', 'gateway', 'dist', 'main.js'), { cwd: clone, env });
    markRunning(home, child.pid);
    child.on('message', ({ progress, ready }) => {
      if (progress !== undefined) say(progress);
      if (ready !== undefined) welcome(ready);
    });
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        if (!asked) say('stopping');
        asked = true;
        child.kill('SIGTERM');
      });
    }
    child.once('exit', (code, signal) => {
      unmarkRunning(home);
      if (asked) say('stopped');
      resolve(asked && signal === null ? (code ?? 0) : (code ?? 1));
    });
  });
}

/** The address, and who may sign in, with the address of each where there are several. */
function welcome({ url, logins = [] }) {
  say('ready');
  if (logins.length > 0) {
    const isOne = logins.every(({ address }) => address === url);
    const columns = ['firm', 'role', ...(isOne ? [] : ['address']), 'user', 'password'];
    const rows = [columns, ...logins.map((login) => columns.map((column) => String(login[column])))];
    const widths = columns.map((_, index) => Math.max(...rows.map((row) => width(row[index]))));
    console.log('');
    for (const row of rows)
      console.log(`  ${row.map((cell, index) => cell + ' '.repeat(widths[index] - width(cell))).join('   ')}`);
  }
  console.log(`\n  ${url}\n`);
}

/** Columns a text takes on a terminal: Chinese characters take two. */
function width(text) {
  return [...text].reduce(
    (sum, character) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(character)
        ? 2
        : 1),
    0,
  );
}

main().catch((error) => {
  console.error(`\n${error.message}\n`);
  process.exitCode = 1;
});
