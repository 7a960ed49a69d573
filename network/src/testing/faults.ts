import { rmSync } from 'node:fs';
import path from 'node:path';
import { installedChaincodes } from '../chaincode/installed';
import type { FabricNetwork } from '../fabric-network';
import { waitUntilReady } from '../readiness';
import { readRunning } from '../supervisor/running';
import { until } from '../until';

/** Longest wait (ms) for the supervisor, and for a node that starts. */
const PATIENCE = 60_000;

/** The process that answers for a chaincode at an organisation's. */
export function chaincodeProcess({ layout }: FabricNetwork, name: string, mspId: string): string {
  const chaincode = installedChaincodes(layout).findLast((each) => each.name === name);
  if (chaincode === undefined) throw new Error(`no chaincode ${name}`);
  return `chaincode.${chaincode.label}.${mspId}`;
}

/** SIGKILL; resolves when the supervisor has started the process again, which is not when it serves again. */
export async function killed(fabric: FabricNetwork, name: string): Promise<void> {
  const before = pidOf(fabric, name);
  process.kill(before, 'SIGKILL');
  await startedAgain(fabric, name, before);
}

/** The process does nothing while `work` runs (SIGSTOP); to others it looks as if it thought for long. */
export async function frozen<T>(fabric: FabricNetwork, name: string, work: () => Promise<T>): Promise<T> {
  const pid = pidOf(fabric, name);
  process.kill(pid, 'SIGSTOP');
  try {
    return await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

/** Processes are killed, and nobody starts them again until `work` is done. */
export async function gone<T>(fabric: FabricNetwork, names: readonly string[], work: () => Promise<T>): Promise<T> {
  const supervisor = readRunning(fabric.layout.runningFile)?.supervisor;
  if (supervisor === undefined) throw new Error('the network does not run');
  const before = names.map((name) => pidOf(fabric, name));
  process.kill(supervisor, 'SIGSTOP');
  try {
    for (const pid of before) process.kill(pid, 'SIGKILL');
    return await work();
  } finally {
    process.kill(supervisor, 'SIGCONT');
    await Promise.all(names.map((name, index) => startedAgain(fabric, name, before[index])));
  }
}

/** A peer dies and finds nothing of what it kept when it is started again: no block, no private data, no chaincode. */
export async function wiped(fabric: FabricNetwork, mspId: string): Promise<void> {
  const peer = fabric.layout.peers.find(({ msp }) => msp === mspId);
  if (peer === undefined) throw new Error(`no peer of ${mspId}`);
  const before = pidOf(fabric, peer.name);
  process.kill(before, 'SIGSTOP');
  rmSync(path.join(peer.folder, 'data'), { recursive: true });
  process.kill(before, 'SIGKILL');
  await startedAgain(fabric, peer.name, before);
}

/** Until every organisation gets an endorsement of a chaincode from all. */
export function allEndorse({ layout }: FabricNetwork, chaincode: string): Promise<void> {
  return waitUntilReady(layout, chaincode);
}

/** The orderer that leads the others now. @throws Error when none does for a minute */
export function leader(fabric: FabricNetwork): Promise<string> {
  return until(PATIENCE, async () => {
    for (const { name } of fabric.layout.orderers)
      if ((await figure(fabric, name, 'consensus_etcdraft_is_leader').catch(() => 0)) === 1) return name;
    throw new Error('no orderer leads');
  });
}

/** Until an orderer has all blocks that another one has now. */
export async function caughtUp(fabric: FabricNetwork, name: string): Promise<void> {
  const heights = await Promise.all(
    fabric.layout.orderers.map((each) => figure(fabric, each.name, 'ledger_blockchain_height').catch(() => 0)),
  );
  const highest = Math.max(...heights);
  await until(PATIENCE, async () => {
    const height = await figure(fabric, name, 'ledger_blockchain_height');
    if (height < highest) throw new Error(`${name} has ${height} blocks of ${highest}`);
  });
}

/** What an orderer tells of itself about the channel. */
async function figure({ layout }: FabricNetwork, name: string, metric: string): Promise<number> {
  const orderer = layout.orderers.find((each) => each.name === name);
  if (orderer === undefined) throw new Error(`no ${name}`);
  const answer = await fetch(`http://127.0.0.1:${orderer.operationsPort}/metrics`);
  const line = (await answer.text()).split('\n').find((each) => each.startsWith(`${metric}{`));
  if (line === undefined) throw new Error(`${name} does not tell ${metric}`);
  return Number(line.split(' ').at(-1));
}

function pidOf(fabric: FabricNetwork, name: string): number {
  const pid = fabric.pids()[name];
  if (pid === undefined) throw new Error(`${name} does not run`);
  return pid;
}

function startedAgain(fabric: FabricNetwork, name: string, before: number | undefined): Promise<void> {
  return until(PATIENCE, () =>
    [before, undefined].includes(fabric.pids()[name])
      ? Promise.reject(new Error(`${name} is not started again`))
      : Promise.resolve(),
  );
}
