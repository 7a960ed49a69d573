import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readConsortium } from '../consortium';
import { composeFile } from './compose';
import { layoutInside, writeContainerFiles } from './container-files';

/**
 * `containers.main.js compose`: writes the compose file from the description. `containers.main.js prepare`: writes what
 * its containers need.
 */
const folder = path.resolve(__dirname, '..', '..', '..', 'docker');
const consortium = readConsortium();

switch (process.argv[2]) {
  case 'compose':
    writeFileSync(path.join(folder, 'compose.yaml'), composeFile(layoutInside(consortium)));
    break;
  case 'prepare':
    writeContainerFiles(folder, consortium, readFileSync(path.resolve(__dirname, '..', 'receivables.cjs')));
    console.log(`Written: ${path.join(folder, 'network')}. Now: docker compose -f docker/compose.yaml up`);
    break;
  default:
    console.error('compose or prepare?');
    process.exitCode = 1;
}
