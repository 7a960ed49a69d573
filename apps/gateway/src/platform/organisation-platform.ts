import { readConsortium } from '@tallystick/network';
import { UsersService } from '../auth/users.service';
import { startGateway } from '../gateway';
import { Ledgers, LedgersModule } from '../projection/ledger-access';
import { readyDatabase } from './databases';
import { foundTrial } from './founding';
import { openLedger } from './ledger';
import { Logins } from './logins';
import type { Start } from './start';

/**
 * One organisation's gateway on a Fabric network: its own database, its own peer, its own keys. The operator's founds a trial
 * network when it is told to.
 * @throws Error when a trial is to be founded on a network that others have founded
 */
export const startOrganisation: Start = async (settings, progress, closers) => {
  const { home, trialHome } = settings;
  const config = await readyDatabase(settings, progress, closers);
  const network = await openLedger(config);
  closers.push(() => network.close());
  progress('starting the gateway');
  const gateway = await startGateway(config, [LedgersModule.of(new Ledgers(network, network.mspIds))]);
  closers.push(() => gateway.close());
  if (trialHome !== null) {
    progress('founding the trial network');
    const consortium = readConsortium();
    const users = gateway.app.get(UsersService);
    const logins = new Logins(trialHome);
    const founding = { consortium, channel: consortium.channel, home, network, users, logins, now: new Date() };
    if (!(await foundTrial(founding)) && logins.all().length === 0) {
      throw new Error('this Fabric network was founded by others: npm run fabric:clean removes it with all its data');
    }
  }
  return { url: gateway.url, logins: [] };
};
