// `npm run story`: takes a payable through its whole life on a running instance, over its HTTP API alone.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build, checkNode, clone, install } from './prepare.mjs';

// With --json only the story's lines belong on stdout.
const say = (line) => console.error(line);
checkNode();
await install(say);
await build(say);
const story = path.join(clone, 'apps', 'gateway', 'dist', 'story', 'run.js');
const child = spawn(process.execPath, [story, ...process.argv.slice(2)], { cwd: clone, stdio: 'inherit' });
process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
