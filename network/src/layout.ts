import path from 'node:path';
import type { Consortium } from './consortium';

/** The name every certificate carries for this machine: Fabric's clients refuse an IP address as a TLS name. */
export const HOST = 'localhost';

/** Ports are dealt out in rows of this many, one row for each use, one column for each node. */
const ROW = 20;

interface Tls {
  readonly certificate: string;
  readonly privateKey: string;
  readonly root: string;
}

export interface OrdererNode {
  readonly name: string;
  readonly msp: string;
  readonly domain: string;
  readonly port: number;
  readonly adminPort: number;
  readonly operationsPort: number;
  /** Its settings and its blocks. */
  readonly folder: string;
  readonly mspFolder: string;
  readonly tls: Tls;
}

export interface PeerNode {
  readonly name: string;
  readonly msp: string;
  readonly domain: string;
  readonly port: number;
  readonly chaincodePort: number;
  readonly operationsPort: number;
  readonly folder: string;
  readonly mspFolder: string;
  readonly tls: Tls;
  /** TLS keys of the organisation's chaincode processes. */
  readonly chaincodeTls: Tls;
  /** Where the organisation says at which address each of its chaincodes answers. */
  readonly connections: string;
  /** The organisation's administrator: approves chaincodes, signs changes of the channel. */
  readonly admin: { readonly mspFolder: string; readonly tls: Tls };
  /** What the organisation's applications use. */
  readonly client: { readonly certificate: string; readonly privateKey: string };
}

/** Where everything of a network is that runs as native processes on one machine. */
export interface Layout {
  readonly home: string;
  readonly basePort: number;
  readonly consortium: Consortium;
  readonly orderers: readonly OrdererNode[];
  readonly peers: readonly PeerNode[];
  readonly keys: string;
  readonly channelFolder: string;
  readonly genesisBlock: string;
  readonly packages: string;
  readonly profiles: string;
  readonly logs: string;
  readonly builder: string;
  readonly runningFile: string;
}

export function layoutOf(consortium: Consortium, home: string, basePort = consortium.basePort): Layout {
  const keys = path.join(home, 'keys');
  const channelFolder = path.join(home, 'channel');
  return {
    home,
    basePort,
    consortium,
    orderers: consortium.orderers.map((msp, index) => ordererNode(home, keys, basePort, msp, index)),
    peers: consortium.organisations.map(({ msp }, index) => peerNode(home, keys, basePort, msp, index)),
    keys,
    channelFolder,
    genesisBlock: path.join(channelFolder, 'genesis.block'),
    packages: path.join(home, 'packages'),
    profiles: path.join(home, 'profiles'),
    logs: path.join(home, 'logs'),
    builder: path.join(home, 'builder'),
    runningFile: path.join(home, 'running.json'),
  };
}

/** Port of the chaincode that an organisation serves in a slot; each package keeps the slot it was given. */
export function chaincodePort({ basePort }: Layout, slot: number, organisation: number): number {
  return basePort + ROW * (6 + slot) + organisation;
}

/** `BankAMSP` → `banka.tallystick.example`: names of certificates, resolved by nobody. */
export function domainOf(msp: string): string {
  return `${msp.replace(/MSP$/i, '').toLowerCase()}.tallystick.example`;
}

/** The channel's organisations that run an orderer. */
export function ordererOrganisations({ orderers }: Pick<Consortium, 'orderers'>): string[] {
  return [...new Set(orderers)];
}

function ordererNode(home: string, keys: string, basePort: number, msp: string, index: number): OrdererNode {
  const name = `orderer${index + 1}`;
  const domain = domainOf(msp);
  const own = path.join(keys, 'ordererOrganizations', domain, 'orderers', `${name}.${domain}`);
  return {
    name,
    msp,
    domain,
    port: basePort + index,
    adminPort: basePort + ROW + index,
    operationsPort: basePort + 2 * ROW + index,
    folder: path.join(home, 'nodes', name),
    mspFolder: path.join(own, 'msp'),
    tls: tlsIn(path.join(own, 'tls'), 'server'),
  };
}

function peerNode(home: string, keys: string, basePort: number, msp: string, index: number): PeerNode {
  const name = `peer.${msp}`;
  const domain = domainOf(msp);
  const organisation = path.join(keys, 'peerOrganizations', domain);
  const own = path.join(organisation, 'peers', `peer.${domain}`);
  const admin = path.join(organisation, 'users', `Admin@${domain}`);
  const client = path.join(organisation, 'users', `User1@${domain}`, 'msp');
  return {
    name,
    msp,
    domain,
    port: basePort + 3 * ROW + index,
    chaincodePort: basePort + 4 * ROW + index,
    operationsPort: basePort + 5 * ROW + index,
    folder: path.join(home, 'nodes', name),
    mspFolder: path.join(own, 'msp'),
    tls: tlsIn(path.join(own, 'tls'), 'server'),
    chaincodeTls: tlsIn(path.join(organisation, 'peers', `chaincode.${domain}`, 'tls'), 'server'),
    connections: path.join(home, 'connections', msp),
    admin: { mspFolder: path.join(admin, 'msp'), tls: tlsIn(path.join(admin, 'tls'), 'client') },
    client: {
      certificate: path.join(client, 'signcerts', `User1@${domain}-cert.pem`),
      privateKey: path.join(client, 'keystore', 'priv_sk'),
    },
  };
}

function tlsIn(folder: string, whose: 'client' | 'server'): Tls {
  return {
    certificate: path.join(folder, `${whose}.crt`),
    privateKey: path.join(folder, `${whose}.key`),
    root: path.join(folder, 'ca.crt'),
  };
}
