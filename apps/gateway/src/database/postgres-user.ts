import { execFileSync, spawnSync, type SpawnOptions } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** How to run a program of PostgreSQL: as whom, and through which helper. */
export interface DatabaseUser {
  /** Owner of the data folder; null when that is simply us. */
  ids: { uid: number; gid: number } | null;
  command(program: string, args: string[]): { file: string; args: string[]; options: SpawnOptions };
}

/**
 * PostgreSQL refuses to run as root, so as root its programs run as the user `postgres`, made when missing. On Linux
 * the kernel is asked to stop them when we die, so that even a killed process leaves no server behind.
 * @param folder data folder; when its path is closed to that user (a clone in /root), the one right to pass is given
 */
export function databaseUser(folder: string): DatabaseUser {
  const setpriv = works('setpriv', ['--pdeathsig', 'INT', 'true']);
  const dieWithUs = setpriv ? ['--pdeathsig', 'INT'] : [];
  if (process.getuid?.() !== 0) {
    return {
      ids: null,
      command: (program, args) =>
        setpriv
          ? { file: 'setpriv', args: [...dieWithUs, program, ...args], options: {} }
          : { file: program, args, options: {} },
    };
  }
  const ids = userIds() ?? createUser();
  mkdirSync(folder, { recursive: true });
  const reachable = (place: string) => spawnSync('test', ['-x', place], { ...ids, cwd: '/' }).status === 0;
  return {
    ids,
    command: (program, args) => {
      if (!setpriv) return { file: program, args, options: { ...ids } };
      const pass =
        reachable(program) && reachable(path.dirname(folder))
          ? []
          : ['--inh-caps', '+dac_override', '--ambient-caps', '+dac_override'];
      const become = ['--reuid', String(ids.uid), '--regid', String(ids.gid), '--clear-groups', ...pass, ...dieWithUs];
      return { file: 'setpriv', args: [...become, program, ...args], options: {} };
    },
  };
}

function works(file: string, args: string[]): boolean {
  return spawnSync(file, args, { stdio: 'ignore' }).status === 0;
}

function userIds(): { uid: number; gid: number } | null {
  const read = (flag: string) => {
    const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
    return status === 0 ? Number.parseInt(stdout, 10) : null;
  };
  const [uid, gid] = [read('-u'), read('-g')];
  return uid === null || gid === null ? null : { uid, gid };
}

function createUser(): { uid: number; gid: number } {
  try {
    execFileSync('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ]);
  } catch (cause) {
    throw new Error('PostgreSQL does not run as root, and the user "postgres" could not be made', { cause });
  }
  const ids = userIds();
  if (ids === null) throw new Error('the user "postgres" was made but is not found');
  return ids;
}
