import type { Ledger, LedgerNetwork } from '../port';
import type { FabricClient } from './client';
import { FabricLedger, type FabricTimes } from './fabric-ledger';
import { type FabricProfile, peersByOrganisation, readProfile } from './profile';

export interface FabricOptions {
  /** The profile or the path of its file. */
  profile: string | FabricProfile;
  client: 'fabric-gateway' | 'fabric-network';
  /** Another chaincode than the profile's. */
  chaincode?: string;
  times?: Partial<FabricTimes>;
  /** Told what was overcome without the caller noticing, for a log. */
  onTrouble?: (message: string) => void;
}

const usualTimes: FabricTimes = { endorseMs: 15_000, heightMs: 10_000, commitMs: 30_000, systemMs: 3_000 };

/**
 * One organisation's view of a Fabric channel: `mspIds` of the network is that one.
 * Peers may be down: what needs them says so when it is asked for.
 * @throws Error when the profile or a file it names cannot be used
 */
export async function openFabric(options: FabricOptions): Promise<LedgerNetwork> {
  const profile = readProfile(options.profile);
  const client = await openClient(options.client, profile);
  const closing = new AbortController();
  const ledger = new FabricLedger({
    client,
    mspId: profile.mspId,
    organisations: [...peersByOrganisation(profile).keys()],
    channel: profile.channel,
    chaincode: options.chaincode ?? profile.chaincode,
    times: { ...usualTimes, ...options.times },
    closed: closing.signal,
    onTrouble: options.onTrouble ?? (() => undefined),
  });
  return {
    mspIds: [profile.mspId],
    ledgerFor: (mspId): Ledger => {
      if (mspId !== profile.mspId) throw new Error(`no client of ${mspId} here, only of ${profile.mspId}`);
      return ledger;
    },
    close: () => {
      closing.abort();
      client.close();
      return Promise.resolve();
    },
  };
}

/** The client library that was chosen. @throws Error when a file that the profile names cannot be used */
export function openClient(client: FabricOptions['client'], profile: FabricProfile): Promise<FabricClient> {
  /* eslint-disable @typescript-eslint/no-require-imports --
     The libraries take up to two seconds to load: only who uses one pays for it. */
  if (client === 'fabric-gateway') {
    const gateway = require('../fabric-gateway/gateway-client') as typeof import('../fabric-gateway/gateway-client');
    return gateway.GatewayClient.open(profile);
  }
  const network = require('../fabric-network/network-client') as typeof import('../fabric-network/network-client');
  return network.NetworkClient.open(profile);
}
