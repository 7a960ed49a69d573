// `npm run fabric:up`, `fabric:upgrade`, `fabric:add`, `fabric:down`, `fabric:clean`, `fabric:status`: a Fabric network of native processes on this machine.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build, checkNode, clone, install } from './prepare.mjs';

const say = (line) => console.log(line);
checkNode();
await install(say);
await build(say, ['services']);
const program = path.join(clone, 'network', 'dist', 'fabric.main.js');
const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { cwd: clone, stdio: 'inherit' });
process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
