import { createHash } from 'node:crypto';
import path from 'node:path';

const CLONE = path.resolve(__dirname, '..', '..', '..');

/**
 * Contracts with everything they use, in one file that runs by itself under Node. Two builds of the same sources give the
 * same bytes, wherever the clone is: the file is what organisations compare and approve, so it is left readable.
 * @param contractsModule a module that exports `contracts`, an array of contract classes
 */
export async function bundleContracts(contractsModule: string): Promise<Buffer> {
  // Only who builds needs the bundler.
  const { build } = await import('esbuild');
  const from = (file: string): string => JSON.stringify(path.resolve(file));
  const { outputFiles } = await build({
    stdin: {
      contents: [
        `import { contracts } from ${from(contractsModule)};`,
        `import { serve } from ${from(path.join(CLONE, 'network', 'dist', 'chaincode', 'serve.js'))};`,
        'serve(contracts).catch((error) => { console.error(error); process.exit(1); });',
      ].join('\n'),
      sourcefile: 'chaincode.js',
      resolveDir: CLONE,
    },
    absWorkingDir: CLONE,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Contracts and errors are known by the names of their classes.
    keepNames: true,
    legalComments: 'none',
    logLevel: 'silent',
    write: false,
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('the bundler made no file');
  return Buffer.from(file.contents);
}

/** SHA-256 in hex: what a package commits to. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
