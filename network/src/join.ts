import { asAdmin, onOrderer } from './command-line';
import type { Layout, OrdererNode, PeerNode } from './layout';
import type { Programs } from './programs';
import { until } from './until';

const PATIENCE = 30_000;

/** Every node joins the consortium's channel that has not yet. */
export async function joinChannel(layout: Layout, programs: Programs): Promise<void> {
  const [isNew] = await Promise.all([
    Promise.all(layout.peers.map((peer) => joinPeer(layout, programs, peer))),
    ...layout.orderers.map((orderer) => joinOrderer(layout, programs, orderer)),
  ]);
  const old = layout.peers.filter((_, index) => isNew[index] !== true);
  if (old.length > 0)
    await Promise.all(
      layout.peers.filter((peer) => !old.includes(peer)).map((peer) => catchUp(layout, programs, peer, old)),
    );
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

/** @returns whether it had not joined before */
async function joinPeer(layout: Layout, programs: Programs, peer: PeerNode): Promise<boolean> {
  const { channel } = layout.consortium;
  const joined = await until(PATIENCE, () => asAdmin(programs, peer, ['channel', 'list']));
  if (joined.split('\n').includes(channel)) return false;
  await asAdmin(programs, peer, ['channel', 'join', '--blockpath', layout.genesisBlock]);
  return true;
}

/** Waits until a peer has what others have: one that lost its disk would answer from a past in which it still is. */
async function catchUp(
  { consortium }: Layout,
  programs: Programs,
  peer: PeerNode,
  others: readonly PeerNode[],
): Promise<void> {
  const heightOf = (each: PeerNode): Promise<number> => channelHeight(programs, each, consortium.channel);
  const goal = Math.max(...(await Promise.all(others.map((each) => heightOf(each).catch(() => 0)))));
  for (let height = 0; height < goal;) {
    height = await until(PATIENCE, async () => {
      const now = await heightOf(peer);
      if (now <= height) throw new Error(`${peer.name} stays at ${now} blocks of ${goal}`);
      return now;
    });
  }
}

async function channelHeight(programs: Programs, peer: PeerNode, channel: string): Promise<number> {
  const answer = await asAdmin(programs, peer, ['channel', 'getinfo', '--channelID', channel]);
  return Number(/"height":(\d+)/.exec(answer)?.[1] ?? 0);
}
