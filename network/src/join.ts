import { asAdmin, onOrderer } from './command-line';
import type { Layout, OrdererNode, PeerNode } from './layout';
import type { Programs } from './programs';
import { until } from './until';

const PATIENCE = 30_000;

/** Every node joins the consortium's channel that has not yet. */
export async function joinChannel(layout: Layout, programs: Programs): Promise<void> {
  await Promise.all([
    ...layout.orderers.map((orderer) => joinOrderer(layout, programs, orderer)),
    ...layout.peers.map((peer) => joinPeer(layout, programs, peer)),
  ]);
}

async function joinOrderer(layout: Layout, programs: Programs, orderer: OrdererNode): Promise<void> {
  const { channel } = layout.consortium;
  const owner = layout.peers.find(({ msp }) => msp === orderer.msp);
  if (owner === undefined) throw new Error(`${orderer.name} has no owner`);
  const { text } = await until(PATIENCE, () => onOrderer(programs, orderer, owner.admin, ['list']));
  if (text.includes(`"name": "${channel}"`)) return;
  const join = ['join', '--channelID', channel, '--config-block', layout.genesisBlock];
  const answer = await onOrderer(programs, orderer, owner.admin, join);
  if (answer.status !== 201) throw new Error(`${orderer.name} does not join ${channel}: ${answer.text.trim()}`);
}

async function joinPeer(layout: Layout, programs: Programs, peer: PeerNode): Promise<void> {
  const { channel } = layout.consortium;
  const joined = await until(PATIENCE, () => asAdmin(programs, peer, ['channel', 'list']));
  if (joined.split('\n').includes(channel)) return;
  await asAdmin(programs, peer, ['channel', 'join', '--blockpath', layout.genesisBlock]);
}
