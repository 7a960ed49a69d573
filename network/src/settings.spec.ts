import { parse } from 'yaml';
import { readConsortium } from './consortium';
import { layoutOf, onThisMachine } from './layout';
import { ordererSettings } from './orderer-settings';
import { peerSettings } from './peer-settings';

const layout = layoutOf(readConsortium(), '/home/with "quotes"', onThisMachine(7050));
const peers = layout.peers.map((peer) => ({ peer, text: peerSettings(layout, peer) }));
const orderers = layout.orderers.map((orderer) => ({ orderer, text: ordererSettings(layout, orderer) }));

/** Value at `a.b.c`. */
function at(settings: unknown, key: string): unknown {
  return key.split('.').reduce((value, part) => (value as Record<string, unknown> | undefined)?.[part], settings);
}

describe('a peer’s settings', () => {
  it.each([
    ['peer.gossip.pvtData.skipPullingInvalidTransactionsDuringCommit', true],
    ['peer.gossip.pvtData.pullRetryThreshold', '0s'],
    ['peer.gossip.pvtData.implicitCollectionDisseminationPolicy.requiredPeerCount', 0],
    ['peer.gossip.reconnectInterval', '1s'],
    ['peer.limits.concurrency.gatewayService', 500],
    ['peer.deliveryclient.blockGossipEnabled', false],
    ['peer.tls.enabled', true],
    ['vm.endpoint', ''],
  ])('set %s to %p', (key, value) => {
    for (const { text } of peers) expect(at(parse(text), key)).toEqual(value);
  });

  it.each([
    'pullRetryThreshold',
    'skipPulling',
    'reconnectInterval',
    'gatewayService',
    'endpoint: ""',
    'listenAddress: "127',
  ])('say why beside %s', (setting) => {
    for (const { text } of peers) {
      const lines = text.split('\n');
      const line = lines.findLastIndex((each) => each.includes(setting));
      expect(lines.slice(line - 4, line).some((each) => each.trim().startsWith('#'))).toBe(true);
    }
  });

  it('name its own organisation, keys and folder', () => {
    for (const { peer, text } of peers) {
      const settings: unknown = parse(text);
      expect(at(settings, 'peer.localMspId')).toBe(peer.msp);
      expect(at(settings, 'peer.mspConfigPath')).toBe(peer.mspFolder);
      expect(at(settings, 'peer.fileSystemPath')).toBe(`${peer.folder}/data`);
      expect(at(settings, 'peer.gossip.externalEndpoint')).toBe(`localhost:${peer.port}`);
    }
  });
});

describe('an orderer’s settings', () => {
  it('have no channel of its own, and an administration by certificate', () => {
    for (const { orderer, text } of orderers) {
      const settings: unknown = parse(text);
      expect(at(settings, 'General.LocalMSPID')).toBe(orderer.msp);
      expect(at(settings, 'General.BootstrapMethod')).toBe('none');
      expect(at(settings, 'General.TLS.Enabled')).toBe(true);
      expect(at(settings, 'Admin.TLS.ClientAuthRequired')).toBe(true);
    }
  });
});

it('nothing listens beyond this machine', () => {
  for (const { text } of [...peers, ...orderers]) {
    const addresses = text.split('\n').filter((line) => /listenAddress/i.test(line));
    expect(addresses.length).toBeGreaterThanOrEqual(3);
    for (const line of addresses) expect(line).toContain('127.0.0.1');
  }
});
