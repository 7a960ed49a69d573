import path from 'node:path';
import type { Consortium } from './consortium';

/** Uses of a port, in the order of their rows; chaincode packages have the rows after them. */
const USES = ['orderer', 'orderer admin', 'orderer operations', 'peer', 'peer chaincode', 'peer operations'] as const;
type Use = (typeof USES)[number];

/** Ports on one machine are dealt out in rows of this many: a row for each use, a column for each node. */
const ROW = 20;

/** Where nodes are: their names, which their certificates carry, and their ports. */
export interface Placement {
  /** Address to listen on for other nodes. */
  readonly listen: string;
  /** Name under which others reach a node. */
  host(node: string, domain: string): string;
  port(use: Use, index: number): number;
  /** Port of the chaincode that an organisation serves in a slot; each package keeps the slot it was given. */
  chaincodePort(slot: number, organisation: number): number;
}

/** All nodes as processes of this machine. */
export function onThisMachine(basePort: number): Placement {
  return {
    listen: '127.0.0.1',
    // Fabric's clients refuse an IP address as a TLS name.
    host: () => 'localhost',
    port: (use, index) => basePort + ROW * USES.indexOf(use) + index,
    chaincodePort: (slot, organisation) => basePort + ROW * (USES.length + slot) + organisation,
  };
}

/** Each node in a container, or on a machine, of its own name: then all have the same ports. */
export function onHostsOfTheirOwn(): Placement {
  const ports: Readonly<Record<Use, number>> = {
    orderer: 7050,
    'orderer admin': 7053,
    'orderer operations': 9443,
    peer: 7051,
    'peer chaincode': 7052,
    'peer operations': 9443,
  };
  return {
    listen: '0.0.0.0',
    host: (node, domain) => `${node}.${domain}`,
    port: (use) => ports[use],
    chaincodePort: () => CHAINCODE_PORT,
  };
}

/** Where chaincode listens on a host of its own. */
export const CHAINCODE_PORT = 9999;

interface Tls {
  readonly certificate: string;
  readonly privateKey: string;
  readonly root: string;
}

export interface OrdererNode {
  readonly name: string;
  readonly msp: string;
  readonly domain: string;
  readonly host: string;
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
  readonly host: string;
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

/** Where everything of a network is. */
export interface Layout {
  readonly home: string;
  readonly placement: Placement;
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

export function layoutOf(consortium: Consortium, home: string, placement: Placement): Layout {
  const keys = path.join(home, 'keys');
  const channelFolder = path.join(home, 'channel');
  const place = { consortium, home, keys, placement };
  return {
    home,
    placement,
    consortium,
    orderers: consortium.orderers.map((msp, index) => ordererNode(place, msp, index)),
    peers: consortium.organisations.map(({ msp }, index) => peerNode(place, msp, index)),
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

/** Where the names of an organisation's nodes end: its own domain, or one that stands for it on one machine. */
export function domainOf({ domains }: Pick<Consortium, 'domains'>, msp: string): string {
  return domains?.[msp] ?? `${msp.replace(/MSP$/i, '').toLowerCase()}.tallystick.example`;
}

/** The channel's organisations that run an orderer. */
export function ordererOrganisations({ orderers }: Pick<Consortium, 'orderers'>): string[] {
  return [...new Set(orderers)];
}

type Place = Pick<Layout, 'consortium' | 'home' | 'keys' | 'placement'>;

function ordererNode({ consortium, home, keys, placement }: Place, msp: string, index: number): OrdererNode {
  const name = `orderer${index + 1}`;
  const domain = domainOf(consortium, msp);
  const own = path.join(keys, 'ordererOrganizations', domain, 'orderers', `${name}.${domain}`);
  return {
    name,
    msp,
    domain,
    host: placement.host(name, domain),
    port: placement.port('orderer', index),
    adminPort: placement.port('orderer admin', index),
    operationsPort: placement.port('orderer operations', index),
    folder: path.join(home, 'nodes', name),
    mspFolder: path.join(own, 'msp'),
    tls: tlsIn(path.join(own, 'tls'), 'server'),
  };
}

function peerNode({ consortium, home, keys, placement }: Place, msp: string, index: number): PeerNode {
  const name = `peer.${msp}`;
  const domain = domainOf(consortium, msp);
  const organisation = path.join(keys, 'peerOrganizations', domain);
  const own = path.join(organisation, 'peers', `peer.${domain}`);
  const admin = path.join(organisation, 'users', `Admin@${domain}`);
  const client = path.join(organisation, 'users', `User1@${domain}`, 'msp');
  return {
    name,
    msp,
    domain,
    host: placement.host('peer', domain),
    port: placement.port('peer', index),
    chaincodePort: placement.port('peer chaincode', index),
    operationsPort: placement.port('peer operations', index),
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
