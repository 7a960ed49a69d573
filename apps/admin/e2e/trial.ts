import { findGateways } from '@tallystick/client';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How somebody signs in. */
export interface Login {
  user: string;
  password: string;
}

/** A running trial platform. */
export interface Trial {
  /** The operator's gateway. */
  url: string;
  /** The gateway at which a user of the trial signs in; the operator's for anybody else. */
  addressOf(user: string): string;
  /** The login of a user of the trial. @throws Error for an unknown one */
  login(user: string): Login;
  close(): Promise<void>;
}

/** `npm test` has built before, so what remains takes ten seconds on an idle machine. */
const START_MS = 240_000;

const clone = path.resolve(__dirname, '..', '..', '..');

/**
 * The platform as a newcomer starts it, on a free port with data of its own, and with members but no trade; or, with
 * `BASE_URL` and `LOGINS`, the running instance at that address with that table of logins.
 * @throws Error with the starter's words if it does not come up in time
 */
export async function openTrial(): Promise<Trial> {
  const { BASE_URL: running, LOGINS: table } = process.env;
  if (running !== undefined && table !== undefined)
    return { url: running, ...(await peopleOf(running, table)), close: () => Promise.resolve() };
  const home = mkdtempSync(path.join(tmpdir(), 'tallystick-console-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  // A newcomer has no NODE_ENV; Jest's would make another build.
  const { NODE_ENV: _, ...environment } = process.env;
  const starter = spawn(process.execPath, [path.join(clone, 'network', 'start.mjs')], {
    cwd: clone,
    env: {
      ...environment,
      TALLYSTICK_HOME: home,
      FABRIC_HOME: path.join(home, 'fabric'),
      PORT: String(port),
      TRIAL_SEED: 'members',
      LOGIN_ATTEMPTS_PER_MINUTE: '1000',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) =>
    starter.once('close', () => {
      resolve();
    }),
  );
  const close = async (): Promise<void> => {
    starter.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true });
  };
  let said = '';
  const ready = new Promise<void>((resolve) => {
    for (const stream of [starter.stdout, starter.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes(`  ${url}\n`)) resolve();
      });
  });
  const patience = new AbortController();
  const outcome = await Promise.race([
    ready.then(() => 'ready'),
    ended.then(() => 'ended'),
    sleep(START_MS, 'too late', { signal: patience.signal, ref: false }),
  ]);
  patience.abort();
  if (outcome !== 'ready') {
    await close();
    throw new Error(`the platform did not start (${outcome}):\n${said}`);
  }
  return { url, ...(await peopleOf(url, path.join(home, 'logins.json'))), close };
}

async function peopleOf(url: string, file: string): Promise<Pick<Trial, 'login' | 'addressOf'>> {
  const known = JSON.parse(readFileSync(file, 'utf8')) as (Login & { org: string })[];
  const gatewayOf = await findGateways(url);
  return {
    addressOf: (user) => {
      const found = known.find((each) => each.user === user);
      return found === undefined ? url : gatewayOf(found.org);
    },
    login: (user) => {
      const found = known.find((each) => each.user === user);
      if (found === undefined) throw new Error(`${file} has no ${user}`);
      return found;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
