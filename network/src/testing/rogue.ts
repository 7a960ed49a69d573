import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundleContracts } from '../chaincode/bundle';
import { installedChaincodes } from '../chaincode/installed';
import type { FabricNetwork } from '../fabric-network';

/** Contracts in the chaincode's own tests: obeying one client only, refusing everything; or those that all agreed on. */
type Program = 'lawless' | 'refusing' | 'agreed';

const moduleOf = (program: Program): string =>
  path.resolve(__dirname, '..', '..', '..', 'chaincode', 'dist', 'testing', `${program}.contracts.js`);

/**
 * Has one organisation run another program under the id of the package that all agreed on, as nobody can keep it from
 * doing on its own machine.
 */
export async function runInstead(
  fabric: FabricNetwork,
  { name, mspId, program }: { name: string; mspId: string; program: Program },
): Promise<void> {
  const { layout } = fabric;
  const chaincode = installedChaincodes(layout).find((each) => each.name === name);
  const peer = layout.peers.find(({ msp }) => msp === mspId);
  if (chaincode === undefined || peer === undefined) throw new Error(`no ${name} of ${mspId}`);
  const processName = `chaincode.${chaincode.label}.${mspId}`;
  const agreed = readFileSync(chaincode.bundleFile);
  // The file is read when the process starts, and only this organisation's does.
  if (program !== 'agreed') writeFileSync(chaincode.bundleFile, await bundleContracts(moduleOf(program)));
  try {
    const before = fabric.pids()[processName];
    if (before === undefined) throw new Error(`${processName} does not run`);
    process.kill(before, 'SIGKILL');
    while ([before, undefined].includes(fabric.pids()[processName])) await sleep(50);
    const { address } = JSON.parse(
      readFileSync(path.join(peer.connections, chaincode.label, 'connection.json'), 'utf8'),
    ) as { address: string };
    while (!(await listens(Number(address.split(':')[1])))) await sleep(50);
  } finally {
    writeFileSync(chaincode.bundleFile, agreed);
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
