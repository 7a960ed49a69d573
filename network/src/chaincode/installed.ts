import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Layout, PeerNode } from '../layout';
import { sha256 } from './bundle';
import { packChaincode } from './package';

/** A chaincode package kept in the network's folder: every organisation runs a process for it. */
export interface InstalledChaincode {
  readonly name: string;
  readonly label: string;
  readonly id: string;
  /** Which row of ports it has, for good: peers remember where a package answers. */
  readonly slot: number;
  /** Replaced by another version: no process runs for it. */
  readonly retired: boolean;
  readonly bundleHash: string;
  readonly bundleFile: string;
  readonly packageFile: string;
}

const RECORD = 'chaincode.json';

/** Packages of the network that are in use, in the order of their ports. */
export function installedChaincodes(layout: Layout): InstalledChaincode[] {
  return knownChaincodes(layout).filter(({ retired }) => !retired);
}

function knownChaincodes(layout: Layout): InstalledChaincode[] {
  if (!existsSync(layout.packages)) return [];
  return readdirSync(layout.packages)
    .map((label) => path.join(layout.packages, label, RECORD))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as InstalledChaincode)
    .sort((a, b) => a.slot - b.slot);
}

/** Keeps a bundle as a package, with what each organisation needs to reach its process; once for each content. */
export function keepChaincode(layout: Layout, name: string, bundle: Uint8Array): InstalledChaincode {
  const packed = packChaincode(name, bundle);
  const known = knownChaincodes(layout);
  const same = known.find(({ id }) => id === packed.id);
  if (same !== undefined) return record(layout, { ...same, retired: false });
  const folder = path.join(layout.packages, packed.label);
  const slot = known.length;
  const kept: InstalledChaincode = {
    name,
    label: packed.label,
    id: packed.id,
    slot,
    retired: false,
    bundleHash: sha256(bundle),
    bundleFile: path.join(folder, 'bundle.cjs'),
    packageFile: path.join(folder, 'package.tgz'),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(kept.bundleFile, bundle);
  writeFileSync(kept.packageFile, packed.bytes);
  for (const peer of layout.peers) writeConnection(layout, peer, kept);
  // Last, for with it the package is there.
  return record(layout, kept);
}

/** Its processes end when the supervisor looks again. */
export function retireChaincode(layout: Layout, chaincode: InstalledChaincode): void {
  record(layout, { ...chaincode, retired: true });
}

function record(layout: Layout, chaincode: InstalledChaincode): InstalledChaincode {
  const file = path.join(layout.packages, chaincode.label, RECORD);
  writeFileSync(`${file}.new`, JSON.stringify(chaincode, null, 2));
  renameSync(`${file}.new`, file);
  return chaincode;
}

/** What an organisation that came later needs to reach its processes of all packages. */
export function writeConnections(layout: Layout, peer: PeerNode): void {
  for (const chaincode of knownChaincodes(layout)) writeConnection(layout, peer, chaincode);
}

/** Both sides show a certificate of their own organisation: nobody else can call the chaincode, or answer for it. */
function writeConnection(layout: Layout, peer: PeerNode, { label, slot }: InstalledChaincode): void {
  const port = layout.placement.chaincodePort(slot, layout.peers.indexOf(peer));
  const folder = path.join(peer.connections, label);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const connection = {
    address: `${peer.host}:${port}`,
    dial_timeout: '10s',
    tls_required: true,
    client_auth_required: true,
    client_key: readFileSync(peer.tls.privateKey, 'utf8'),
    client_cert: readFileSync(peer.tls.certificate, 'utf8'),
    root_cert: readFileSync(peer.chaincodeTls.root, 'utf8'),
  };
  writeFileSync(path.join(folder, 'connection.json'), JSON.stringify(connection), { mode: 0o600 });
}
