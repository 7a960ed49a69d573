import { ALL, Consortium } from '@tallystick/chaincode/testing';
import { joinNetworks, openFabric, type FabricOptions, type LedgerNetwork } from '@tallystick/ledger';
import { openNetwork, type FabricNetwork } from '../fabric-network';

/** The network of this run of tests. */
export function runningNetwork(): FabricNetwork {
  const home = process.env['FABRIC_HOME'];
  if (home === undefined) throw new Error('FABRIC_HOME is not set: run with npm run test:fabric');
  return openNetwork(home);
}

/** All organisations' clients of a chaincode, in this process. */
export async function clientsOf(
  fabric: FabricNetwork,
  chaincode: string,
  options: Partial<Pick<FabricOptions, 'client' | 'times'>> = {},
): Promise<LedgerNetwork> {
  const open = (mspId: string): Promise<LedgerNetwork> =>
    openFabric({ profile: fabric.profile(mspId), client: 'fabric-gateway', chaincode, ...options });
  return joinNetworks(await Promise.all(ALL.map(open)));
}

/** A consortium on a chaincode of its own: the product's contracts under another name, with a state of their own. */
export async function foundOn(fabric: FabricNetwork, chaincode: string): Promise<Consortium> {
  await fabric.deploy({ name: chaincode });
  const network = await clientsOf(fabric, chaincode);
  return Consortium.open({
    seed: chaincode,
    ledger: { network, channel: fabric.layout.consortium.channel, chaincode },
  });
}
