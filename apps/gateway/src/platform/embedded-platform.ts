import { EMBEDDED_CHANNEL } from '@tallystick/ledger';
import { readConsortium } from '@tallystick/network';
import { UsersService } from '../auth/users.service';
import { startGateway } from '../gateway';
import { Ledgers, LedgersModule } from '../projection/ledger-access';
import { readyDatabase } from './databases';
import { foundTrial } from './founding';
import { openLedger } from './ledger';
import { Logins } from './logins';
import { beginAnewIfUnfinished, claimHome, isSeeded, tellPast } from './seeding';
import type { Start } from './start';

/**
 * The whole trial in this process: the embedded PostgreSQL when no database is named, the embedded ledger of all
 * organisations, the gateway that serves them, and at the first start the founding and the seed.
 */
export const startEmbeddedPlatform: Start = async (settings, progress, closers) => {
  const { home } = settings;
  claimHome(home, 'embedded');
  if (settings.databaseUrl === null && (await beginAnewIfUnfinished(home))) {
    progress('the first start was interrupted: beginning anew');
  }
  const config = await readyDatabase(settings, progress, closers);
  progress('opening the embedded ledger');
  const network = await openLedger(config);
  closers.push(() => network.close());
  progress('starting the gateway');
  const gateway = await startGateway(config, [LedgersModule.of(new Ledgers(network, network.mspIds))]);
  closers.push(() => gateway.close());
  const logins = new Logins(home);
  if (!isSeeded(home)) {
    progress('founding the trial network');
    const consortium = readConsortium();
    const users = gateway.app.get(UsersService);
    await foundTrial({ consortium, channel: EMBEDDED_CHANNEL, home, network, users, logins, now: new Date() });
    await tellPast(home, config.trialSeed, { gatewayOf: () => gateway.url, logins, progress });
  }
  return { url: gateway.url, logins: logins.all().map((login) => ({ ...login, address: gateway.url })) };
};
