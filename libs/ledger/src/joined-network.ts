import type { Ledger, LedgerNetwork } from './port';

/** Views of several organisations, opened one by one, as one network: for a process that speaks for all of them. */
export function joinNetworks(networks: readonly LedgerNetwork[]): LedgerNetwork {
  const byMsp = new Map(networks.flatMap((network) => network.mspIds.map((mspId) => [mspId, network] as const)));
  return {
    mspIds: [...byMsp.keys()],
    ledgerFor(mspId): Ledger {
      const network = byMsp.get(mspId);
      if (network === undefined) throw new Error(`no organisation ${mspId} on this network`);
      return network.ledgerFor(mspId);
    },
    async close() {
      await Promise.all(networks.map((network) => network.close()));
    },
  };
}
