// Runs Jest and counts.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clone } from './prepare.mjs';

/** Runs Jest with its own output on the terminal. @returns counts of passed and failed tests */
export async function runJest(args, env = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-jest-'));
  const report = path.join(folder, 'report.json');
  try {
    const jest = [path.join(clone, 'node_modules', 'jest', 'bin', 'jest.js'), '-c', '.config/jest.config.cjs'];
    const child = spawn(process.execPath, [...jest, '--json', `--outputFile=${report}`, ...args], {
      cwd: clone,
      env: { ...process.env, ...env },
      // Jest prints the report on stdout too; people read stderr.
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const signals = ['SIGINT', 'SIGTERM'].map((signal) => [signal, () => child.kill(signal)]);
    for (const [signal, pass] of signals) process.on(signal, pass);
    const code = await new Promise((resolve) => child.once('exit', resolve));
    for (const [signal, pass] of signals) process.off(signal, pass);
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    // A failure that Jest counts nowhere, such as in its set-up, is a failure still.
    return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the tests on a real Fabric network, where its programs are. @returns counts, none with one clear line otherwise */
export async function runFabricTests(args, say) {
  const { findPrograms } = await import(path.join(clone, 'network', 'dist', 'programs.js'));
  const found = findPrograms(process.env);
  if ('missing' in found) {
    say(`The tests on a Fabric network did not run. ${found.missing}`);
    return { passed: 0, failed: 0 };
  }
  say(`tests on a Fabric ${found.programs.version} network`);
  return runJest(['-i', ...args], { FABRIC: '1' });
}

/** Ends a run with its line of counts. `main` does the work and answers counts. */
export async function report(main) {
  const { passed, failed } = await main().catch((error) => {
    console.error(error.message);
    return { passed: 0, failed: 1 };
  });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
