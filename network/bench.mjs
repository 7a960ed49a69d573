// `npm run bench`: measures, and prints one JSON line for each figure; `npm run bench -- NAME` takes one of them.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build, checkNode, clone, install } from './prepare.mjs';

const say = (line) => console.error(line);
checkNode();
await install(say);
await build(say);
const bench = path.join(clone, 'apps', 'gateway', 'dist', 'bench', 'run.js');
const child = spawn(process.execPath, [bench, ...process.argv.slice(2)], { cwd: clone, stdio: 'inherit' });
process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
