import '@tallystick/crypto/node';
import 'reflect-metadata';
import { EMBEDDED_CHANNEL } from '@tallystick/ledger';
import { UsersService } from '../auth/users.service';
import { completeConfig, readSettings } from '../config/config';
import { startEmbedded } from '../database/embedded';
import { migrate } from '../database/migrate';
import { startGateway } from '../gateway';
import { readConsortium } from '@tallystick/network';
import { openEmbeddedLedger } from '../platform/embedded-ledger';
import { foundTrial } from '../platform/founding';
import { Logins } from '../platform/logins';
import { Ledgers, LedgersModule } from '../projection/ledger-access';

/** A founded trial platform without a past, in a process of its own; tells its parent where it listens, and ends with it. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const { home } = settings;
  const database = await startEmbedded(home);
  await migrate({ ownerUrl: database.databaseOwnerUrl, appUrl: database.databaseUrl });
  const consortium = readConsortium();
  const network = await openEmbeddedLedger(consortium, { home, databaseUrl: database.ledgerDatabaseUrl });
  const orgs = consortium.organisations.map(({ msp }) => msp);
  const config = completeConfig(settings, database);
  const gateway = await startGateway(config, [LedgersModule.of(new Ledgers(network, orgs))]);
  const logins = new Logins(home);
  const users = gateway.app.get(UsersService);
  await foundTrial({ consortium, channel: EMBEDDED_CHANNEL, home, network, users, logins, now: new Date() });
  process.once('disconnect', () => {
    void gateway
      .close()
      .then(() => network.close())
      .then(() => database.stop())
      .then(() => process.exit(0));
  });
  // Whoever asks is told what it cost so far.
  process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
  process.send?.({ url: gateway.url });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
