import path from 'node:path';
import { openFabric, type FabricOptions } from '../fabric/open-fabric';
import { joinNetworks } from '../joined-network';
import type { LedgerNetwork } from '../port';
import { organisations } from './script-call';

/** What tests need of a running network of native processes. */
export interface RunningFabric {
  profile(mspId: string): string;
  /** Process ids by name: `orderer1`, `peer.<mspId>`, `chaincode.<mspId>`; missing while one is started again. */
  pids(): Readonly<Record<string, number>>;
  chaincodes(): { name: string }[];
  deploy(deployment: { name: string; contractsModule: string; policy: string }): Promise<void>;
}

interface NetworkPackage {
  openNetwork: (home: string) => RunningFabric;
}

export const scriptChaincode = 'script';
const anyTwoText = `OutOf(2,${organisations.map((mspId) => `'${mspId}.peer'`).join(',')})`;

/** The network of this test run, with `ScriptContract` deployed beside the product's own chaincode. */
export async function scriptFabric(): Promise<RunningFabric> {
  const home = process.env['FABRIC_HOME'];
  if (home === undefined) throw new Error('FABRIC_HOME is not set: run with npm run test:fabric');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the package network builds on this one
  const { openNetwork } = require(path.resolve(__dirname, '../../../../network/src/index')) as NetworkPackage;
  const fabric = openNetwork(home);
  if (!fabric.chaincodes().some(({ name }) => name === scriptChaincode)) {
    const contractsModule = path.join(__dirname, 'script-contract.ts');
    await fabric.deploy({ name: scriptChaincode, contractsModule, policy: anyTwoText });
  }
  return fabric;
}

/** All organisations' clients of the script chaincode, in this process. */
export async function openScriptFabric(
  fabric: RunningFabric,
  options: Omit<FabricOptions, 'profile' | 'chaincode'>,
): Promise<LedgerNetwork> {
  const open = (mspId: string) =>
    openFabric({ ...options, profile: fabric.profile(mspId), chaincode: scriptChaincode });
  return joinNetworks(await Promise.all(organisations.map(open)));
}
