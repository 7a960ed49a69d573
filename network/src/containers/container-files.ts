import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sha256 } from '../chaincode/bundle';
import { packChaincode } from '../chaincode/package';
import { configtx } from '../configtx';
import { collectionsConfig } from '../collections';
import { chaincodePolicyText, type Consortium } from '../consortium';
import { ordererKeys, peerKeys } from '../keys';
import { layoutOf, onHostsOfTheirOwn, onThisMachine, type Layout } from '../layout';
import type { Definition } from '../lifecycle';
import { ordererSettings } from '../orderer-settings';
import { peerSettings } from '../peer-settings';
import { profileOf } from '../profile';
import { INSIDE } from './compose';
import { channelScript, keysScript } from './scripts';

/** The builder that the official images bring along. */
const FABRICS_BUILDER = {
  folder: '/opt/hyperledger/ccaas_builder',
  environment: 'CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG',
};

/** The layout that containers see. */
export function layoutInside(consortium: Consortium): Layout {
  return layoutOf(consortium, INSIDE, onHostsOfTheirOwn());
}

/** Settings and scripts, by path within the network's folder; nothing secret is among them. */
export function settingsAndScripts(
  layout: Layout,
  definition: Definition,
  builder = FABRICS_BUILDER,
): [string, string][] {
  const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
  return [
    ['channel/peer-keys.json', json(peerKeys(layout.peers))],
    ['channel/orderer-keys.json', json(ordererKeys(layout))],
    ['channel/configtx.yaml', json(configtx(layout))],
    ...layout.orderers.map((orderer): [string, string] => [
      `nodes/${orderer.name}/orderer.yaml`,
      ordererSettings(layout, orderer),
    ]),
    ...layout.peers.map((peer): [string, string] => [
      `nodes/${peer.name}/core.yaml`,
      peerSettings(layout, peer, builder),
    ]),
    ['scripts/keys.sh', keysScript(layout)],
    ['scripts/channel.sh', channelScript(layout, definition)],
  ];
}

/**
 * Writes everything that the containers need but keys and blocks, which they make themselves, into a folder beside the
 * compose file; and the profiles of applications on this machine.
 * @param folder `docker`
 */
export function writeContainerFiles(folder: string, consortium: Consortium, bundle: Buffer): void {
  const home = path.join(folder, 'network');
  const inside = layoutInside(consortium);
  const packed = packChaincode(consortium.chaincode, bundle);
  const chaincode = {
    name: consortium.chaincode,
    id: packed.id,
    bundleHash: sha256(bundle),
    packageFile: `${inside.packages}/package.tgz`,
  };
  write(home, 'packages/bundle.cjs', bundle);
  write(home, 'packages/package.tgz', packed.bytes);
  const collections = collectionsConfig(consortium);
  const definition = { chaincode, policy: chaincodePolicyText(consortium), collections };
  for (const [name, content] of settingsAndScripts(inside, definition)) write(home, name, content);
  write(folder, '.env', `CHAINCODE_ID=${packed.id}\nCHAINCODE_LABEL=${packed.label}\n`);
  const outside = layoutOf(consortium, home, onHostsOfTheirOwn());
  const published = onThisMachine(consortium.basePort);
  for (const peer of outside.peers)
    write(home, `profiles/${peer.msp}.json`, JSON.stringify(profileOf(outside, peer, published), null, 2));
}

function write(folder: string, name: string, content: string | Buffer): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}
