import { readFileSync } from 'node:fs';

/** What one organisation's client must know of a Fabric network; `npm run fabric:up` writes one file for each. */
export interface FabricProfile {
  schema: 1;
  channel: string;
  chaincode: string;
  mspId: string;
  /** Paths of PEM files: this organisation's own client, nobody else's. */
  identity: { certificate: string; privateKey: string };
  /** The own peer first. The first one of each organisation is used. */
  peers: FabricNode[];
  orderers: FabricNode[];
}

/** Where a peer or an orderer listens. */
export interface FabricNode {
  mspId: string;
  /** `host:port` */
  endpoint: string;
  /** The name in its TLS certificate. */
  tlsName: string;
  /** Path of the PEM file of its TLS root. */
  tlsRoot: string;
}

/**
 * The profile, from its file unless it is one already.
 * @throws Error saying what is missing
 */
export function readProfile(profile: string | FabricProfile): FabricProfile {
  const value: unknown = typeof profile === 'string' ? JSON.parse(readFileSync(profile, 'utf8')) : profile;
  const fields = asRecord(value, 'the profile');
  if (fields['schema'] !== 1) throw new Error(`Fabric profile: schema ${String(fields['schema'])} is not known`);
  const identity = asRecord(fields['identity'], 'identity');
  const mspId = text(fields, 'mspId');
  const peers = nodes(fields, 'peers');
  if (peers[0]?.mspId !== mspId) throw new Error(`Fabric profile: the first peer is not one of ${mspId}`);
  return {
    schema: 1,
    channel: text(fields, 'channel'),
    chaincode: text(fields, 'chaincode'),
    mspId,
    identity: { certificate: text(identity, 'certificate'), privateKey: text(identity, 'privateKey') },
    peers,
    orderers: nodes(fields, 'orderers'),
  };
}

/** The first peer of each organisation, the own one first. */
export function peersByOrganisation({ peers }: FabricProfile): Map<string, FabricNode> {
  const first = new Map<string, FabricNode>();
  for (const peer of peers) if (!first.has(peer.mspId)) first.set(peer.mspId, peer);
  return first;
}

function nodes(fields: Record<string, unknown>, name: string): FabricNode[] {
  const list: unknown = fields[name];
  if (!Array.isArray(list) || list.length === 0) throw new Error(`Fabric profile: ${name} is not a list with entries`);
  return list.map((entry: unknown) => {
    const node = asRecord(entry, name);
    return {
      mspId: text(node, 'mspId'),
      endpoint: text(node, 'endpoint'),
      tlsName: text(node, 'tlsName'),
      tlsRoot: text(node, 'tlsRoot'),
    };
  });
}

function text(fields: Record<string, unknown>, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || value === '') throw new Error(`Fabric profile: ${name} is not a text`);
  return value;
}

function asRecord(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Error(`Fabric profile: ${name} is not an object`);
  return value as Record<string, unknown>;
}
