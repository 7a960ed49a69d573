import { readFileSync } from 'node:fs';
import { type FabricNode, type FabricProfile, peersByOrganisation } from '../fabric/profile';

/**
 * The profile in fabric-network's own form: all nodes are named, so nothing is discovered. A peer goes by its
 * organisation's MSP id, which is how its answers are told apart.
 */
export function connectionProfile(profile: FabricProfile): Record<string, unknown> {
  const peers = [...peersByOrganisation(profile).entries()];
  const orderers = profile.orderers.map((node): [string, FabricNode] => [`orderer ${node.endpoint}`, node]);
  return {
    name: profile.channel,
    version: '1.0',
    organizations: Object.fromEntries(peers.map(([mspId]) => [mspId, { mspid: mspId, peers: [mspId] }])),
    peers: Object.fromEntries(peers.map(([mspId, node]) => [mspId, endpoint(node)])),
    orderers: Object.fromEntries(orderers.map(([name, node]) => [name, { mspid: node.mspId, ...endpoint(node) }])),
    channels: {
      [profile.channel]: {
        peers: Object.fromEntries(peers.map(([mspId]) => [mspId, {}])),
        orderers: orderers.map(([name]) => name),
      },
    },
  };
}

function endpoint(node: FabricNode) {
  return {
    url: `grpcs://${node.endpoint}`,
    tlsCACerts: { pem: readFileSync(node.tlsRoot, 'utf8') },
    grpcOptions: { 'ssl-target-name-override': node.tlsName },
  };
}

/** For all connections, in fabric-common's names. */
export const connectionOptions = {
  'grpc-wait-for-ready-timeout': 2_000,
  // Peers turn away who asks more than once a minute whether they are alive.
  'grpc.keepalive_time_ms': 70_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 2_000,
};
