import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Layout } from './layout';

/** Writes the programs that peers call for a chaincode package: peers give them no environment of their own but the PATH. */
export function writeBuilder({ builder }: Layout): void {
  const folder = path.join(builder, 'bin');
  const program = path.resolve(__dirname, '..', 'dist', 'chaincode', 'builder.main.js');
  mkdirSync(folder, { recursive: true });
  for (const step of ['detect', 'build', 'release'])
    writeFileSync(path.join(folder, step), `#!/bin/sh\nexec "${process.execPath}" "${program}" ${step} "$@"\n`, {
      mode: 0o755,
    });
}
