import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { domainOf, ordererOrganisations, type Layout, type PeerNode } from './layout';
import { run } from './run';
import type { Programs } from './programs';

/**
 * Makes the keys and certificates of every organisation, once. One organisation has one root for its peers and its
 * orderers, so that a channel knows it by one MSP; a certificate's unit says what it may be used for.
 */
export async function makeKeys(layout: Layout, { paths }: Programs): Promise<void> {
  if (existsSync(layout.keys)) return;
  const { consortium } = layout;
  const draft = `${layout.keys}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const peers = path.join(draft, 'peers.json');
  writeFileSync(peers, JSON.stringify(peerKeys(layout.peers)));
  await run(paths.cryptogen, ['generate', `--config=${peers}`, `--output=${draft}`]);
  for (const msp of ordererOrganisations(consortium)) {
    const from = path.join(draft, 'peerOrganizations', domainOf(consortium, msp));
    const to = path.join(draft, 'ordererOrganizations', domainOf(consortium, msp));
    for (const part of ['ca', 'tlsca', 'msp']) cpSync(path.join(from, part), path.join(to, part), { recursive: true });
  }
  const orderers = path.join(draft, 'orderers.json');
  writeFileSync(orderers, JSON.stringify(ordererKeys(layout)));
  await run(paths.cryptogen, ['extend', `--config=${orderers}`, `--input=${draft}`]);
  for (const peer of layout.peers) dropChaincodeIdentity(draft, peer);
  renameSync(draft, layout.keys);
}

/** Makes the keys of one more organisation, once. */
export async function addPeerKeys(layout: Layout, { paths }: Programs, peer: PeerNode): Promise<void> {
  const place = path.join('peerOrganizations', peer.domain);
  if (existsSync(path.join(layout.keys, place))) return;
  const draft = `${layout.keys}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const settings = path.join(draft, 'peers.json');
  writeFileSync(settings, JSON.stringify(peerKeys([peer])));
  await run(paths.cryptogen, ['generate', `--config=${settings}`, `--output=${draft}`]);
  dropChaincodeIdentity(draft, peer);
  renameSync(path.join(draft, place), path.join(layout.keys, place));
  rmSync(draft, { recursive: true });
}

/** A chaincode process needs a name for TLS; with a peer's identity it could endorse. */
function dropChaincodeIdentity(keys: string, { domain }: PeerNode): void {
  rmSync(path.join(keys, 'peerOrganizations', domain, 'peers', `chaincode.${domain}`, 'msp'), { recursive: true });
}

/** What cryptogen makes for organisations with a peer each: JSON is YAML. */
export function peerKeys(peers: readonly PeerNode[]): object {
  return {
    PeerOrgs: peers.map(({ msp, domain, host }) => ({
      Name: msp,
      Domain: domain,
      EnableNodeOUs: true,
      Specs: [
        { Hostname: 'peer', SANS: [host] },
        // Each package answers under a name of its own where chaincode has hosts.
        { Hostname: 'chaincode', SANS: [host, `*.${domain}`] },
      ],
      Users: { Count: 1 },
    })),
  };
}

export function ordererKeys({ orderers, consortium }: Layout): object {
  return {
    OrdererOrgs: ordererOrganisations(consortium).map((msp) => ({
      Name: msp,
      Domain: domainOf(consortium, msp),
      EnableNodeOUs: true,
      Specs: orderers.filter((each) => each.msp === msp).map(({ name, host }) => ({ Hostname: name, SANS: [host] })),
    })),
  };
}
