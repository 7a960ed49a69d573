// Brings a clone to the point where it can run: dependencies installed, sources built. Plain Node, for it runs first.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const clone = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const OLDEST_NODE = [20, 19];
const STAMPS = path.join(clone, 'node_modules', '.cache', 'tallystick.json');

/** What is built, from which folders, and the file that proves it was. */
const BUILDS = [
  {
    name: 'services',
    sources: [
      'libs/*/src',
      'chaincode/src',
      'network/src',
      'apps/gateway/src',
      '.config/tsconfig.base.json',
      'package-lock.json',
    ],
    product: 'network/dist/receivables.cjs',
    commands: [
      ['node_modules/typescript/bin/tsc', '-b', '.config/tsconfig.json'],
      // The chaincode in one file, as the organisations of a Fabric network run it.
      ['network/dist/chaincode/bundle.main.js', 'network/dist/receivables.cjs'],
    ],
  },
  {
    name: 'user interface',
    sources: ['apps/admin', 'libs/*/src', 'package-lock.json'],
    product: 'apps/admin/dist/index.html',
    commands: [
      [
        'node_modules/vite/bin/vite.js',
        'build',
        'apps/admin',
        '--config',
        'apps/admin/vite.config.ts',
        '--logLevel',
        'warn',
      ],
    ],
  },
];

/** @throws Error with a message for people if this Node is too old */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new Error(`Node ${OLDEST_NODE.join('.')} or newer is needed; this is ${version}.`);
}

/** Installs the dependencies unless those of this very lock file are there. */
export async function install(say) {
  const wanted = hashOf([path.join(clone, 'package-lock.json')]);
  if (existsSync(path.join(clone, 'node_modules', 'typescript')) && readStamps().install === wanted) return;
  say('installing dependencies (npm ci)');
  const npm = process.env.npm_execpath;
  const [file, ...before] = npm?.endsWith('.js')
    ? [process.execPath, npm]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
  await run(file, [...before, 'ci', '--no-audit', '--no-fund'], say);
  writeStamp('install', wanted);
}

/** Builds what changed since it was built last, or some parts of it; the parts at the same time. */
export async function build(say, names = BUILDS.map(({ name }) => name)) {
  const others = new AbortController();
  const parts = Promise.all(
    BUILDS.filter(({ name }) => names.includes(name)).map(async ({ name, sources, product, commands }) => {
      const wanted = hashOf(sources.flatMap(filesOf));
      if (existsSync(path.join(clone, product)) && readStamps()[name] === wanted) return;
      say(`building the ${name}`);
      // Whatever the caller's shell says: what is built is what people run.
      const env = { ...process.env, NODE_ENV: 'production' };
      for (const command of commands) await run(process.execPath, command, say, { signal: others.signal, env });
      writeStamp(name, wanted);
    }),
  );
  await parts.catch((error) => {
    others.abort(); // the others would only keep people from reading why
    throw error;
  });
}

/**
 * Runs a program to its end, quietly; says every ten seconds that it is still at work.
 * @throws Error with the program's output if it fails
 */
export function run(file, args, say = () => {}, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: clone, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const started = Date.now();
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-20_000)));
    const patience = setInterval(
      () =>
        say(
          `still at it: ${[path.basename(file), ...args].join(' ').slice(0, 60)} (${Math.round((Date.now() - started) / 1000)} s)`,
        ),
      10_000,
    );
    child.once('error', (error) => {
      clearInterval(patience);
      reject(error);
    });
    child.once('close', (code) => {
      clearInterval(patience);
      if (code === 0) resolve(output);
      else reject(new Error(output.trim() || `${file} ended with ${code}`));
    });
  });
}

/** Files of a folder, whose path may hold one `*`; built and installed ones left out. */
function filesOf(pattern) {
  const [before, after] = pattern.split('*');
  const places =
    after === undefined ? [pattern] : readdirSync(path.join(clone, before)).map((name) => before + name + after);
  return places.flatMap((place) => walk(path.join(clone, place)));
}

function walk(place) {
  if (!existsSync(place)) return [];
  const entries = (() => {
    try {
      return readdirSync(place, { withFileTypes: true });
    } catch {
      return null; // a file
    }
  })();
  if (entries === null) return [place];
  return entries
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist' && !name.endsWith('.tsbuildinfo'))
    .flatMap(({ name }) => walk(path.join(place, name)));
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files.sort())
    hash.update(path.relative(clone, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function readStamps() {
  try {
    return JSON.parse(readFileSync(STAMPS, 'utf8'));
  } catch {
    return {}; // nothing was built here yet
  }
}

function writeStamp(name, value) {
  mkdirSync(path.dirname(STAMPS), { recursive: true });
  writeFileSync(STAMPS, JSON.stringify({ ...readStamps(), [name]: value }, null, 2));
}
