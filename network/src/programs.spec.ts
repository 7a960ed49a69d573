import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findPrograms } from './programs';

const NAMES = ['peer', 'orderer', 'configtxgen', 'configtxlator', 'cryptogen', 'osnadmin'];

/** A folder with programs that tell a version and do nothing else. */
function folderWith(names: readonly string[], version: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-programs-'));
  for (const name of names)
    writeFileSync(path.join(folder, name), `#!/bin/sh\necho "${name}:"\necho " Version: ${version}"\n`, {
      mode: 0o755,
    });
  folders.push(folder);
  return folder;
}
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function missing(env: NodeJS.ProcessEnv): string {
  const found = findPrograms(env);
  if ('programs' in found) throw new Error('found');
  return found.missing;
}

describe('looking for Fabric’s programs', () => {
  it.each(['v2.5.16', '2.5.17', 'v2.6.0', 'v3.1.5'])('takes %s', (version) => {
    const folder = folderWith(NAMES, version);
    expect(findPrograms({ FABRIC_BIN: folder })).toEqual({
      programs: {
        version: version.replace('v', ''),
        paths: Object.fromEntries(NAMES.map((name) => [name, path.join(folder, name)])),
      },
    });
  });

  it.each(['v2.5.15', 'v2.4.20', 'v1.4.12'])('refuses %s, and says which version it found where', (version) => {
    const folder = folderWith(NAMES, version);
    const said = missing({ FABRIC_BIN: folder });
    expect(said).toContain('2.5.16 or newer');
    expect(said).toContain(`${path.join(folder, 'peer')} is ${version.replace('v', '')}`);
  });

  it('refuses programs that do not tell their version', () => {
    expect(missing({ FABRIC_BIN: folderWith(NAMES, 'unknown') })).toContain('no version');
  });

  it('names exactly what is missing, where it looked, and how to say where they are', () => {
    const folder = folderWith(['peer', 'orderer', 'cryptogen', 'osnadmin'], 'v2.5.16');
    const said = missing({ FABRIC_BIN: folder, PATH: folderWith(NAMES, 'v2.5.16') });
    expect(said).toContain('configtxgen, configtxlator not found');
    expect(said).toContain(folder);
    expect(said).not.toContain('cryptogen');
    expect(said).toContain('FABRIC_BIN');
  });

  it('looks on the PATH when no folder is named', () => {
    const PATH = ['/nowhere', folderWith(NAMES, 'v2.5.16')].join(path.delimiter);
    expect(findPrograms({ PATH })).toHaveProperty('programs.version', '2.5.16');
    expect(missing({ PATH: '' })).toContain('on the PATH');
  });
});
