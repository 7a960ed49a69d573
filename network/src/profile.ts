import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HOST, type Layout, type PeerNode } from './layout';

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

export function profileOf(layout: Layout, own: PeerNode): Profile {
  const { channel, chaincode } = layout.consortium;
  const others = layout.peers.filter((peer) => peer !== own);
  const endpoint = ({ msp, port, tls }: Pick<PeerNode, 'msp' | 'port' | 'tls'>): Endpoint => ({
    mspId: msp,
    endpoint: `${HOST}:${port}`,
    tlsName: HOST,
    tlsRoot: tls.root,
  });
  return {
    schema: 1,
    channel,
    chaincode,
    mspId: own.msp,
    identity: own.client,
    peers: [own, ...others].map(endpoint),
    orderers: layout.orderers.map(endpoint),
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
