import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { sha256 } from './chaincode/bundle';
import type { InstalledChaincode } from './chaincode/installed';
import { asAdmin, toOrderer } from './command-line';
import type { Layout, PeerNode } from './layout';
import type { Programs } from './programs';
import { until } from './until';

const PATIENCE = 60_000;

/** A chaincode's definition that the organisations agree on. */
export interface Definition {
  readonly chaincode: Pick<InstalledChaincode, 'bundleHash' | 'id' | 'name' | 'packageFile'>;
  /** In Fabric's textual form. */
  readonly policy: string;
  /** Its private collections, as Fabric's programs read them. */
  readonly collections: string;
}

interface Committed {
  readonly sequence: number;
  readonly version: string;
}

/**
 * Installs at every organisation's peer, approves by every organisation, commits with all of them. What is done already is
 * left as it is, so it can be repeated after any interruption.
 */
export async function agreeOn(layout: Layout, programs: Programs, definition: Definition): Promise<void> {
  const { chaincode } = definition;
  await Promise.all(layout.peers.map((peer) => install(programs, peer, chaincode)));
  const committed = await committedDefinition(layout, programs, chaincode.name);
  const version = definitionVersion(definition);
  if (committed?.version === version) return;
  const sequence = (committed?.sequence ?? 0) + 1;
  const collections = path.join(path.dirname(chaincode.packageFile), 'collections.json');
  writeFileSync(collections, definition.collections);
  const terms = [
    ...['--channelID', layout.consortium.channel, '--name', chaincode.name, '--version', version],
    ...['--sequence', String(sequence), '--signature-policy', definition.policy],
    ...['--collections-config', collections],
  ];
  await Promise.all(layout.peers.map((peer, index) => approve(layout, programs, peer, index, chaincode, terms)));
  const endorsers = layout.peers.flatMap(({ host, port, tls }) => [
    ...['--peerAddresses', `${host}:${port}`, '--tlsRootCertFiles', tls.root],
  ]);
  const [first] = layout.peers;
  const [orderer] = layout.orderers;
  if (first === undefined || orderer === undefined) throw new Error('a network without nodes');
  await until(PATIENCE, () =>
    asAdmin(programs, first, ['lifecycle', 'chaincode', 'commit', ...toOrderer(orderer), ...terms, ...endorsers]),
  );
}

/** What is agreed on the channel now; null for a chaincode that is not there yet. */
export async function committedDefinition(layout: Layout, programs: Programs, name: string): Promise<Committed | null> {
  const [first] = layout.peers;
  if (first === undefined) throw new Error('a network without peers');
  const query = ['lifecycle', 'chaincode', 'querycommitted', '--channelID', layout.consortium.channel];
  const answer = JSON.parse(await asAdmin(programs, first, [...query, '--output', 'json'])) as {
    chaincode_definitions?: (Committed & { name: string })[];
  };
  return answer.chaincode_definitions?.find((each) => each.name === name) ?? null;
}

/** A version names what is agreed: the code, and under which policies. */
export function definitionVersion({ chaincode, policy, collections }: Definition): string {
  return `${chaincode.bundleHash.slice(0, 12)}-${sha256(Buffer.from(policy + collections)).slice(0, 8)}`;
}

/** Has a peer know a package; one that does is left as it is. */
export async function install(
  programs: Programs,
  peer: PeerNode,
  { id, packageFile }: Definition['chaincode'],
): Promise<void> {
  const installed = await asAdmin(programs, peer, ['lifecycle', 'chaincode', 'queryinstalled', '--output', 'json']);
  if (installed.includes(JSON.stringify(id))) return;
  await asAdmin(programs, peer, ['lifecycle', 'chaincode', 'install', packageFile]);
}

async function approve(
  layout: Layout,
  programs: Programs,
  peer: PeerNode,
  index: number,
  chaincode: Definition['chaincode'],
  terms: readonly string[],
): Promise<void> {
  // Each through another orderer where there are several: none is asked for more than the others.
  const orderer = layout.orderers[index % layout.orderers.length];
  if (orderer === undefined) throw new Error('a network without orderers');
  await until(PATIENCE, async () => {
    const ready = await asAdmin(programs, peer, [
      ...['lifecycle', 'chaincode', 'checkcommitreadiness', '--output', 'json', ...terms],
    ]);
    const { approvals } = JSON.parse(ready) as { approvals: Record<string, boolean> };
    if (approvals[peer.msp] === true) return;
    await asAdmin(programs, peer, [
      ...['lifecycle', 'chaincode', 'approveformyorg', ...toOrderer(orderer), ...terms],
      ...['--package-id', chaincode.id],
    ]);
  });
}
