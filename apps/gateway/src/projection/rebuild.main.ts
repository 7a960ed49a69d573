import 'reflect-metadata';
import process from 'node:process';
import { completeConfig, readSettings } from '../config/config';
import { Database } from '../database/database';
import { startEmbedded } from '../database/embedded';
import { migrate } from '../database/migrate';
import { appSource } from '../database/source';
import { Metrics } from '../metrics/metrics';
import { openLedger } from '../platform/ledger';
import { Alarms } from './alarms';
import { rebuild } from './rebuild';
import { VerifiedBlocks } from './verified-blocks';

/**
 * `npm run projection:rebuild`, while the platform is stopped: empties the read model of every organisation served and fills it
 * again. `-- --verify-all` checks every block anew, also those that passed before.
 */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const { databaseUrl, databaseOwnerUrl, ledgerDatabaseUrl } = settings;
  const embedded = databaseUrl === null || databaseOwnerUrl === null ? await startEmbedded(settings.home) : null;
  const found = embedded ?? {
    databaseUrl: databaseUrl ?? '',
    databaseOwnerUrl: databaseOwnerUrl ?? '',
    ledgerDatabaseUrl: ledgerDatabaseUrl ?? databaseOwnerUrl ?? '',
  };
  const config = completeConfig(settings, found);
  await migrate({ ownerUrl: config.databaseOwnerUrl, appUrl: config.databaseUrl });
  const network = await openLedger(config);
  const source = await appSource(config.databaseUrl, 4).initialize();
  try {
    const verified = new VerifiedBlocks(config.serverSecret);
    const verifyAll = process.argv.includes('--verify-all');
    for (const msp of network.mspIds) {
      const { blocks, events, seconds } = await rebuild(
        network.ledgerFor(msp),
        new Database(source),
        new Alarms(new Metrics(config)),
        { verified, verifyAll },
      );
      console.log(`${msp}: ${String(blocks)} blocks, ${String(events)} records written, ${seconds.toFixed(2)} s`);
    }
  } finally {
    await source.destroy();
    await network.close();
    await embedded?.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
