import { findGateways, type Firm, type GatewayOf } from '@tallystick/client';
import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openFirm } from '../platform/sign-in';
import type { LoginAt } from '../platform/start';

export interface TrialOptions {
  /** Folder of the trial; a second start on it goes on with its data. */
  home: string;
  fabricHome: string;
  fabricPort: number;
  ledger: 'fabric-gateway' | 'fabric-network';
  environment?: Record<string, string>;
}

/** A trial of the whole consortium on Fabric in processes of its own, as `npm start` brings it up. */
export interface ConsortiumTrial {
  /** The operator's gateway. */
  url: string;
  gatewayOf: GatewayOf;
  logins: readonly LoginAt[];
  open(name: string): Promise<Firm>;
  /** Process ids as they are now: `gateway.<mspId>`, `bank.<mspId>`. */
  pids(): Record<string, number>;
  /** What Ctrl-C does. @returns the exit code */
  stop(): Promise<number | null>;
}

const MAIN = path.resolve(__dirname, '..', '..', 'dist', 'main.js');

/** @throws Error with the starter's last words when it does not come up */
export async function startConsortiumTrial(options: TrialOptions): Promise<ConsortiumTrial> {
  const { home, fabricHome, fabricPort, ledger, environment } = options;
  mkdirSync(home, { recursive: true });
  const { NODE_ENV: _, ...inherited } = process.env;
  const starter = fork(MAIN, {
    env: {
      ...inherited,
      TALLYSTICK_HOME: home,
      FABRIC_HOME: fabricHome,
      FABRIC_PORT: String(fabricPort),
      LEDGER: ledger,
      PORT: '0',
      TRIAL_SEED: 'members',
      LOGIN_ATTEMPTS_PER_MINUTE: '1000',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const said: string[] = [];
  starter.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const ended = new Promise<number | null>((resolve) => starter.once('exit', resolve));
  const ready = new Promise<{ url: string; logins: LoginAt[] }>((resolve) => {
    starter.on('message', (message: { progress?: string; ready?: { url: string; logins: LoginAt[] } }) => {
      if (message.progress !== undefined) said.push(`${message.progress}\n`);
      if (message.ready !== undefined) resolve(message.ready);
    });
  });
  const came = await Promise.race([ready, ended]);
  if (came === null || typeof came === 'number')
    throw new Error(`the trial did not start:\n${said.slice(-30).join('')}`);
  const gatewayOf = await findGateways(came.url);
  const running = path.join(home, 'running.json');
  return {
    ...came,
    gatewayOf,
    open: (name) => openFirm(gatewayOf, came.logins, name),
    pids: () => {
      if (!existsSync(running)) return {};
      return (JSON.parse(readFileSync(running, 'utf8')) as { processes: Record<string, number> }).processes;
    },
    stop: () => {
      starter.kill('SIGTERM');
      return ended;
    },
  };
}
