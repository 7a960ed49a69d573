import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Organisation } from '@tallystick/protocol';
import { writeConnections } from '../chaincode/installed';
import { asAdmin, toOrderer } from '../command-line';
import { buildGenesisBlock } from '../configtx';
import { FabricNetwork } from '../fabric-network';
import { writeInstance } from '../instance';
import { joinChannel } from '../join';
import { addPeerKeys } from '../keys';
import { layoutOf, ordererOrganisations, type Layout, type PeerNode } from '../layout';
import { writePeerSettings } from '../peer-settings';
import { writeProfiles } from '../profile';
import { withMember } from './channel-config';
import { Configtxlator } from './configtxlator';

/**
 * Takes one more organisation into a channel that is running: its keys, the channel's configuration with it, signed by a
 * majority of the members, its peer and chaincode process, and the chaincode policy that counts it. The others go on
 * working meanwhile. Interrupted, it can be repeated.
 * @returns the network as it is then
 */
export async function addOrganisation(
  network: FabricNetwork,
  organisation: Organisation,
  say: (line: string) => void = () => undefined,
): Promise<FabricNetwork> {
  const { layout: before, programs, instance } = network;
  const organisations = [
    ...before.consortium.organisations.filter(({ msp }) => msp !== organisation.msp),
    organisation,
  ];
  const consortium = { ...before.consortium, organisations };
  const layout = layoutOf(consortium, before.home, before.placement);
  const peer = layout.peers.find(({ msp }) => msp === organisation.msp);
  if (peer === undefined) throw new Error('the organisation has no peer');
  say(`keys and settings of ${peer.msp}`);
  await addPeerKeys(layout, programs, peer);
  writePeerSettings(layout, peer);
  writeConnections(layout, peer);
  say('the members sign the change of the channel');
  await changeChannel(network, layout, peer.msp);
  writeInstance(layout.home, { ...instance, consortium });
  const larger = new FabricNetwork(layout, { ...instance, consortium });
  larger.tellSupervisor();
  say(`${peer.msp} joins`);
  await joinChannel(layout, programs);
  say('all organisations agree on the chaincode, with a policy that counts the new one');
  await larger.redeploy(consortium.chaincode);
  writeProfiles(layout);
  return larger;
}

/** Changes nothing when the organisation is a member already. */
async function changeChannel(network: FabricNetwork, layout: Layout, msp: string): Promise<void> {
  const { programs } = network;
  const { channel } = layout.consortium;
  const [submitter, ...others] = majority(network.layout);
  const [orderer] = layout.orderers;
  if (submitter === undefined || orderer === undefined) throw new Error('a network without nodes');
  const folder = mkdtempSync(path.join(layout.channelFolder, 'change-'));
  try {
    const translator = new Configtxlator(programs, folder);
    const block = path.join(folder, 'current.block');
    const fetch = ['channel', 'fetch', 'config', block, '--channelID', channel, ...toOrderer(orderer)];
    await asAdmin(programs, submitter, fetch);
    const current = await translator.configOf(block);
    if (isMember(current, msp)) return;
    const founded = await translator.configOf(await buildGenesisBlock(layout, programs, folder));
    const update = await translator.update(channel, current, withMember(current, founded, msp));
    for (const signer of others) await asAdmin(programs, signer, ['channel', 'signconfigtx', '--file', update]);
    // Who hands it in signs it too.
    const submit = ['channel', 'update', '--file', update, '--channelID', channel, ...toOrderer(orderer)];
    await asAdmin(programs, submitter, submit);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isMember(
  { channel_group: group }: { channel_group: { groups: Record<string, object> } },
  msp: string,
): boolean {
  const application = group.groups['Application'] as { groups: Record<string, object> } | undefined;
  return application?.groups[msp] !== undefined;
}

/** The fewest members whose signatures change the channel: more than half of all, and of those with an orderer. */
function majority({ consortium, peers }: Layout): PeerNode[] {
  const ordering = ordererOrganisations(consortium);
  const first = peers.filter(({ msp }) => ordering.includes(msp));
  const rest = peers.filter(({ msp }) => !ordering.includes(msp));
  return [...first, ...rest].slice(0, Math.floor(peers.length / 2) + 1);
}
