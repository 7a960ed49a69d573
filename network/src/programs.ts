import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const NAMES = ['peer', 'orderer', 'configtxgen', 'configtxlator', 'cryptogen', 'osnadmin'] as const;
type ProgramName = (typeof NAMES)[number];

/** Older releases crash a peer when a transaction times out during a range query (hyperledger/fabric#5473). */
const OLDEST = [2, 5, 16] as const;

/** Fabric's programs on this machine. */
export interface Programs {
  /** Such as `2.5.16`. */
  readonly version: string;
  readonly paths: Readonly<Record<ProgramName, string>>;
}

/** What `findPrograms` found: the programs, or a sentence for people about what is missing. */
export type Found = { readonly programs: Programs } | { readonly missing: string };

const ADVICE =
  'Name the folder that holds them in FABRIC_BIN, or put it on the PATH. They come with a release of Hyperledger Fabric' +
  ' 2.5; its documentation tells how to get one ("Install Fabric and Fabric Samples").';

/** Looks for Fabric's programs in `FABRIC_BIN`, or else on the `PATH`, and asks them for their version. */
export function findPrograms(env: NodeJS.ProcessEnv = process.env): Found {
  const named = env['FABRIC_BIN'];
  const folders = named === undefined || named === '' ? (env['PATH'] ?? '').split(path.delimiter) : [named];
  const place = named === undefined || named === '' ? 'on the PATH' : `in FABRIC_BIN (${named})`;
  const found = NAMES.map((name) => [name, locate(name, folders)] as const);
  const absent = found.filter(([, file]) => file === undefined).map(([name]) => name);
  if (absent.length > 0)
    return { missing: `Fabric's programs are not all there: ${absent.join(', ')} not found ${place}. ${ADVICE}` };
  const paths = Object.fromEntries(found) as Record<ProgramName, string>;
  const versions = (['peer', 'orderer'] as const).map((name) => [name, versionOf(paths[name])] as const);
  const old = versions.filter(([, version]) => version === undefined || isOlder(version));
  if (old.length > 0) {
    const which = old.map(([name, version]) => `${paths[name]} is ${version ?? 'of no version that it tells'}`);
    return { missing: `Fabric ${OLDEST.join('.')} or newer is needed; ${which.join(', ')}. ${ADVICE}` };
  }
  return { programs: { version: versionOf(paths.peer) ?? '', paths } };
}

function locate(name: string, folders: readonly string[]): string | undefined {
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => path.resolve(folder, name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function versionOf(file: string): string | undefined {
  try {
    return /Version: v?(\d+\.\d+\.\d+)/.exec(
      execFileSync(file, ['version'], { encoding: 'utf8', timeout: 10_000 }),
    )?.[1];
  } catch {
    return undefined;
  }
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number);
  const index = OLDEST.findIndex((wanted, at) => parts[at] !== wanted);
  return index >= 0 && (parts[index] ?? 0) < (OLDEST[index] ?? 0);
}
