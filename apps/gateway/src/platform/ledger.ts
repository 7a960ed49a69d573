import { Logger } from '@nestjs/common';
import { openFabric, type LedgerNetwork } from '@tallystick/ledger';
import { readConsortium } from '@tallystick/network';
import type { Config } from '../config/config';
import { openEmbeddedLedger } from './embedded-ledger';

/**
 * The ledger as this process sees it: of every organisation when it is embedded, of the profile's one on Fabric.
 * @throws Error on Fabric without a profile
 */
export async function openLedger({ ledger, fabricProfile, home, ...config }: Config): Promise<LedgerNetwork> {
  if (ledger !== 'embedded') {
    if (fabricProfile === null) throw new Error('FABRIC_PROFILE names the organisation served');
    const log = new Logger('Ledger');
    return openFabric({
      profile: fabricProfile,
      client: ledger,
      onTrouble: (message) => {
        log.warn(message);
      },
    });
  }
  const databaseUrl = config.ledgerDatabaseUrl ?? config.databaseOwnerUrl;
  return openEmbeddedLedger(readConsortium(), { home, databaseUrl });
}
