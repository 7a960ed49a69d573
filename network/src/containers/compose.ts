import { stringify } from 'yaml';
import { CHAINCODE_PORT, domainOf, onThisMachine, type Layout, type OrdererNode, type PeerNode } from '../layout';

/** Of the official images. */
const FABRIC = '2.5.16';
const NODE = 'node:20-slim';
/** Where the network's folder is in containers, and beside the compose file. */
export const INSIDE = '/network';
const OUTSIDE = './network';

const HEAD = `# The consortium of network/consortium.json in containers. Made by "npm run docker:compose"; change the description instead.
# docs/consortium.md tells how to use it. Keys and blocks are made at the first start, in docker/network.
`;

/**
 * `docker/compose.yaml`. A container sees its own keys alone: those of its organisation's other nodes, or of other
 * organisations, are not mounted.
 */
export function composeFile(layout: Layout): string {
  const services = Object.fromEntries([
    ['keys', tool('keys', [])],
    ...layout.orderers.map((orderer, index) => [orderer.name, ordererService(layout, orderer, index)] as const),
    ...layout.peers.map((peer, index) => [serviceName('peer', peer), peerService(layout, peer, index)] as const),
    ...layout.peers.map((peer) => [serviceName('chaincode', peer), chaincodeService(layout, peer)] as const),
    ['channel', tool('channel', [...layout.orderers.map(({ name }) => name), ...chaincodesAndPeers(layout)])],
  ]);
  const file = { name: 'tallystick-consortium', services, networks: { consortium: {} } };
  return `${HEAD}\n${stringify(file, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

function chaincodesAndPeers({ peers }: Layout): string[] {
  return peers.flatMap((peer) => [serviceName('peer', peer), serviceName('chaincode', peer)]);
}

function serviceName(what: 'chaincode' | 'peer', { msp }: PeerNode): string {
  return `${what}-${msp.replace(/MSP$/i, '').toLowerCase()}`;
}

/** Runs one of the scripts to its end; it is repeated harmlessly at every start. */
function tool(script: string, after: readonly string[]): object {
  return {
    image: `hyperledger/fabric-tools:${FABRIC}`,
    command: ['sh', `${INSIDE}/scripts/${script}.sh`],
    volumes: [`${OUTSIDE}:${INSIDE}`],
    networks: ['consortium'],
    ...(after.length === 0
      ? {}
      : { depends_on: Object.fromEntries(after.map((name) => [name, { condition: 'service_started' }])) }),
  };
}

const afterKeys = { keys: { condition: 'service_completed_successfully' } };

function ordererService(layout: Layout, orderer: OrdererNode, index: number): object {
  return {
    image: `hyperledger/fabric-orderer:${FABRIC}`,
    environment: { FABRIC_CFG_PATH: orderer.folder, FABRIC_LOGGING_SPEC: 'warn' },
    volumes: [both(orderer.folder), readOnly(folderOf(orderer.mspFolder))],
    ports: [published(layout, 'orderer', orderer, index)],
    networks: { consortium: { aliases: [orderer.host] } },
    depends_on: afterKeys,
    restart: 'unless-stopped',
  };
}

function peerService(layout: Layout, peer: PeerNode, index: number): object {
  // Fabric's builder takes certificates from the environment, and they are made at the first start.
  const builder = `CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG="$$(cat ${peer.connections}/builder.json)"`;
  return {
    image: `hyperledger/fabric-peer:${FABRIC}`,
    command: ['sh', '-c', `export ${builder}; exec peer node start`],
    environment: { FABRIC_CFG_PATH: peer.folder, FABRIC_LOGGING_SPEC: 'warn' },
    volumes: [both(peer.folder), readOnly(folderOf(peer.mspFolder)), readOnly(peer.connections)],
    ports: [published(layout, 'peer', peer, index)],
    networks: { consortium: { aliases: [peer.host] } },
    depends_on: afterKeys,
    restart: 'unless-stopped',
  };
}

/** It reads its code and its TLS key, listens, and may do nothing else. */
function chaincodeService(layout: Layout, { msp, chaincodeTls }: PeerNode): object {
  const bundle = `${layout.packages}/bundle.cjs`;
  return {
    image: NODE,
    command: ['node', bundle],
    environment: {
      NODE_ENV: 'production',
      CHAINCODE_ID: '${CHAINCODE_ID:?run "npm run docker:prepare" first}',
      CHAINCODE_ADDRESS: `0.0.0.0:${CHAINCODE_PORT}`,
      CHAINCODE_TLS_CERT: chaincodeTls.certificate,
      CHAINCODE_TLS_KEY: chaincodeTls.privateKey,
      CHAINCODE_TLS_CLIENT_CA: chaincodeTls.root,
      CORE_PEER_LOCALMSPID: msp,
    },
    volumes: [readOnly(bundle), readOnly(folderOf(chaincodeTls.certificate))],
    networks: {
      consortium: { aliases: [`\${CHAINCODE_LABEL:?}.${domainOf(layout.consortium, msp)}`] },
    },
    depends_on: afterKeys,
    restart: 'unless-stopped',
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
  };
}

/** To applications of this machine; to the other organisations where each has machines, and a domain, of its own. */
function published(
  { consortium }: Layout,
  use: 'orderer' | 'peer',
  node: OrdererNode | PeerNode,
  index: number,
): string {
  if (consortium.domains?.[node.msp] !== undefined) return `${node.port}:${node.port}`;
  return `127.0.0.1:${onThisMachine(consortium.basePort).port(use, index)}:${node.port}`;
}

function both(inside: string): string {
  return `${inside.replace(INSIDE, OUTSIDE)}:${inside}`;
}

function readOnly(inside: string): string {
  return `${both(inside)}:ro`;
}

/** A node's own folder, which holds its MSP and its TLS keys. */
function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/'));
}
