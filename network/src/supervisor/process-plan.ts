import { readFileSync } from 'node:fs';
import { sha256 } from '../chaincode/bundle';
import { installedChaincodes, type InstalledChaincode } from '../chaincode/installed';
import type { Layout } from '../layout';
import type { Programs } from '../programs';

/** A process of the network: how it is started, and under which name people find it. */
export interface Planned {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The processes that a network consists of now: its nodes, and one for each package and organisation. */
export function processPlan(layout: Layout, programs: Programs): Planned[] {
  // Each transaction is worth several lines at Fabric's default level, and costs as much as checking a signature.
  const logging = { FABRIC_LOGGING_SPEC: process.env['FABRIC_LOGGING_SPEC'] ?? 'warn' };
  return [
    ...layout.orderers.map(({ name, folder }) => ({
      name,
      file: programs.paths.orderer,
      args: [],
      env: { FABRIC_CFG_PATH: folder, ...logging },
    })),
    ...layout.peers.map(({ name, folder, connections }) => ({
      name,
      file: programs.paths.peer,
      args: ['node', 'start'],
      env: { FABRIC_CFG_PATH: folder, TALLYSTICK_CONNECTIONS: connections, ...logging },
    })),
    ...installedChaincodes(layout).flatMap((chaincode) => chaincodeProcesses(layout, chaincode)),
  ];
}

/** @throws Error when the bundle is not the one that the organisations approved */
function chaincodeProcesses(layout: Layout, chaincode: InstalledChaincode): Planned[] {
  const found = sha256(readFileSync(chaincode.bundleFile));
  if (found !== chaincode.bundleHash)
    throw new Error(`${chaincode.bundleFile} was changed: its hash is ${found}, approved is ${chaincode.bundleHash}`);
  return layout.peers.map(({ msp, chaincodeTls }, index) => ({
    name: processName(layout, chaincode, msp),
    file: process.execPath,
    args: [chaincode.bundleFile],
    env: {
      NODE_ENV: 'production',
      CHAINCODE_ID: chaincode.id,
      CHAINCODE_ADDRESS: `127.0.0.1:${layout.placement.chaincodePort(chaincode.slot, index)}`,
      CHAINCODE_TLS_CERT: chaincodeTls.certificate,
      CHAINCODE_TLS_KEY: chaincodeTls.privateKey,
      CHAINCODE_TLS_CLIENT_CA: chaincodeTls.root,
      CORE_PEER_LOCALMSPID: msp,
    },
  }));
}

/** The newest package of the consortium's chaincode is `chaincode.<mspId>`; others carry their label too. */
function processName(layout: Layout, { name, label, slot }: InstalledChaincode, msp: string): string {
  const newest = installedChaincodes(layout)
    .filter((each) => each.name === layout.consortium.chaincode)
    .at(-1);
  return name === layout.consortium.chaincode && newest?.slot === slot
    ? `chaincode.${msp}`
    : `chaincode.${label}.${msp}`;
}
