// `npm run check`: everything about the code that is not a test; one line each, then the counts.
import path from 'node:path';
import { checkNode, clone, install, run } from './prepare.mjs';

const bin = (name, file) => path.join(clone, 'node_modules', name, file);

/** In this order: what later checks run was made by the first. */
const CHECKS = [
  ['types', [bin('typescript', 'bin/tsc'), '-b', '.config/tsconfig.json']],
  ['types of the user interface', [bin('typescript', 'bin/tsc'), '-p', 'apps/admin/tsconfig.json', '--noEmit']],
  ['lint', [bin('eslint', 'bin/eslint.js'), '-c', '.config/eslint.config.mjs', '--max-warnings', '0', '.']],
  ['format', [bin('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  [
    'layers',
    [
      bin('dependency-cruiser', 'bin/dependency-cruise.mjs'),
      '--config',
      '.config/dependency-cruiser.cjs',
      'libs',
      'chaincode',
      'apps',
      'network/src',
    ],
  ],
  ['unused code', [bin('knip', 'bin/knip.js'), '--config', '.config/knip.json']],
  ['API description', ['apps/gateway/dist/openapi/write.js', '--check']],
  [
    'types of the API',
    [
      bin('openapi-typescript', 'bin/cli.js'),
      'apps/gateway/openapi.json',
      '-o',
      'apps/admin/src/api/schema.d.ts',
      '--check',
    ],
  ],
  ['migrations', ['apps/gateway/dist/database/drift.js']],
];

checkNode();
await install(console.log);
let failed = 0;
for (const [name, command] of CHECKS) {
  try {
    await run(process.execPath, command);
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`failed  ${name}\n${error.message.replace(/^/gm, '        ')}`);
  }
}
console.log(`${CHECKS.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
