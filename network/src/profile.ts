import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Layout, OrdererNode, PeerNode, Placement } from './layout';

interface Endpoint {
  readonly mspId: string;
  readonly endpoint: string;
  readonly tlsName: string;
  /** File with the root of its TLS certificate. */
  readonly tlsRoot: string;
}

/** What an organisation's applications need to reach the ledger; it names no other organisation's key. */
export interface Profile {
  readonly schema: 1;
  readonly channel: string;
  readonly chaincode: string;
  readonly mspId: string;
  readonly identity: { readonly certificate: string; readonly privateKey: string };
  /** The own peer first. */
  readonly peers: readonly Endpoint[];
  readonly orderers: readonly Endpoint[];
}

/** @param published where applications reach the nodes, if not where other nodes do: all on this machine */
export function profileOf(layout: Layout, own: PeerNode, published?: Placement): Profile {
  const { channel, chaincode } = layout.consortium;
  const endpoint = (use: 'orderer' | 'peer', node: OrdererNode | PeerNode, index: number): Endpoint => ({
    mspId: node.msp,
    endpoint:
      published === undefined
        ? `${node.host}:${node.port}`
        : `${published.host(node.name, node.domain)}:${published.port(use, index)}`,
    tlsName: node.host,
    tlsRoot: node.tls.root,
  });
  const peers = layout.peers.map((peer, index) => endpoint('peer', peer, index));
  return {
    schema: 1,
    channel,
    chaincode,
    mspId: own.msp,
    identity: own.client,
    peers: [...peers.filter(({ mspId }) => mspId === own.msp), ...peers.filter(({ mspId }) => mspId !== own.msp)],
    orderers: layout.orderers.map((orderer, index) => endpoint('orderer', orderer, index)),
  };
}

/** One file for each organisation. */
export function writeProfiles(layout: Layout): void {
  mkdirSync(layout.profiles, { recursive: true, mode: 0o700 });
  for (const peer of layout.peers)
    writeFileSync(profileFile(layout, peer.msp), JSON.stringify(profileOf(layout, peer), null, 2), { mode: 0o600 });
}

export function profileFile(layout: Layout, msp: string): string {
  return path.join(layout.profiles, `${msp}.json`);
}
