import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleContracts } from './bundle';

/** Builds the product's own chaincode: `node bundle.main.js FILE`. */
async function main(): Promise<void> {
  const file = path.resolve(process.argv[2] ?? 'receivables.cjs');
  const bundle = await bundleContracts(require.resolve('@tallystick/chaincode'));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bundle);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
