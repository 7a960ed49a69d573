// `npm test`: installs and builds what is missing, runs every test, ends with one line of counts.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, checkNode, clone, install } from './prepare.mjs';

/** Runs Jest with its own output on the terminal. @returns counts of passed and failed tests */
async function runJest(args) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-jest-'));
  const report = path.join(folder, 'report.json');
  try {
    const jest = [path.join(clone, 'node_modules', 'jest', 'bin', 'jest.js'), '-c', '.config/jest.config.cjs'];
    const child = spawn(process.execPath, [...jest, '--json', `--outputFile=${report}`, ...args], {
      cwd: clone,
      // Jest prints the report on stdout too; people read stderr.
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    // A failure that Jest counts nowhere, such as in its set-up, is a failure still.
    return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main() {
  const say = (line) => console.log(line);
  checkNode();
  await install(say);
  await build(say);
  return runJest(process.argv.slice(2));
}

const { passed, failed } = await main().catch((error) => {
  console.error(error.message);
  return { passed: 0, failed: 1 };
});
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
