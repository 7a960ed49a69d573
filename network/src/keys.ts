import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HOST, domainOf, ordererOrganisations, type Layout } from './layout';
import { run } from './run';
import type { Programs } from './programs';

const SANS = [HOST, '127.0.0.1'];

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
  writeFileSync(peers, JSON.stringify(peerKeys(consortium.organisations.map(({ msp }) => msp))));
  await run(paths.cryptogen, ['generate', `--config=${peers}`, `--output=${draft}`]);
  for (const msp of ordererOrganisations(consortium)) {
    const from = path.join(draft, 'peerOrganizations', domainOf(msp));
    const to = path.join(draft, 'ordererOrganizations', domainOf(msp));
    for (const part of ['ca', 'tlsca', 'msp']) cpSync(path.join(from, part), path.join(to, part), { recursive: true });
  }
  const orderers = path.join(draft, 'orderers.json');
  writeFileSync(orderers, JSON.stringify(ordererKeys(layout)));
  await run(paths.cryptogen, ['extend', `--config=${orderers}`, `--input=${draft}`]);
  // A chaincode process needs a name for TLS; with a peer's identity it could endorse.
  for (const { domain } of layout.peers)
    rmSync(path.join(draft, 'peerOrganizations', domain, 'peers', `chaincode.${domain}`, 'msp'), { recursive: true });
  renameSync(draft, layout.keys);
}

/** What cryptogen makes for organisations with a peer each: JSON is YAML. */
export function peerKeys(msps: readonly string[]): object {
  return {
    PeerOrgs: msps.map((msp) => ({
      Name: msp,
      Domain: domainOf(msp),
      EnableNodeOUs: true,
      Specs: ['peer', 'chaincode'].map((Hostname) => ({ Hostname, SANS })),
      Users: { Count: 1 },
    })),
  };
}

function ordererKeys({ orderers, consortium }: Layout): object {
  return {
    OrdererOrgs: ordererOrganisations(consortium).map((msp) => ({
      Name: msp,
      Domain: domainOf(msp),
      EnableNodeOUs: true,
      Specs: orderers.filter((each) => each.msp === msp).map(({ name }) => ({ Hostname: name, SANS })),
    })),
  };
}
