import '@tallystick/crypto/node';
import 'reflect-metadata';
import { readConsortium } from '@tallystick/network';
import { EMBEDDED_CHANNEL, type Call, type Ledger, type SubmitResult } from '@tallystick/ledger';
import { UsersService } from '../auth/users.service';
import { completeConfig, readSettings } from '../config/config';
import { startGateway } from '../gateway';
import { openEmbeddedLedger } from '../platform/embedded-ledger';
import { foundTrial } from '../platform/founding';
import { Logins } from '../platform/logins';
import { Ledgers, LedgersModule } from '../projection/ledger-access';

/**
 * How the process shall die: at the `after`-th transaction from now on, by SIGKILL, when it is endorsed and not yet ordered, or when
 * it is ordered and its block is on the way.
 */
export interface Doom {
  at: 'endorsed' | 'ordered';
  after: number;
}

/** The wait for a block is 20 ms: at this moment it is being made, written or announced. */
const INTO_THE_BLOCK_MS = 25;

let doom: Doom | null = null;

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function submit(ledger: Ledger, call: Call): Promise<SubmitResult> {
  return ledger.submit({
    ...call,
    onEndorsed: async (txId) => {
      await call.onEndorsed?.(txId);
      if (doom === null || --doom.after > 0) return;
      if (doom.at === 'endorsed') die();
      else setTimeout(die, INTO_THE_BLOCK_MS);
    },
  });
}

/** A gateway with the whole trial's ledger in it, for tests that kill it. Tells its parent when it serves. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const { home, databaseUrl, databaseOwnerUrl, ledgerDatabaseUrl } = settings;
  if (databaseUrl === null || databaseOwnerUrl === null || ledgerDatabaseUrl === null)
    throw new Error('it needs databases that outlive it');
  const consortium = readConsortium();
  const network = await openEmbeddedLedger(consortium, { home, databaseUrl: ledgerDatabaseUrl });
  const mortal = {
    ledgerFor: (msp: string): Ledger =>
      new Proxy(network.ledgerFor(msp), {
        get: (target, name) => {
          if (name === 'submit') return (call: Call) => submit(target, call);
          const value = Reflect.get(target, name, target) as unknown;
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      }),
  };
  const orgs = consortium.organisations.map(({ msp }) => msp);
  const config = completeConfig(settings, { databaseUrl, databaseOwnerUrl, ledgerDatabaseUrl });
  const gateway = await startGateway(config, [LedgersModule.of(new Ledgers(mortal, orgs))]);
  const users = gateway.app.get(UsersService);
  const logins = new Logins(home);
  await foundTrial({ consortium, channel: EMBEDDED_CHANNEL, home, network, users, logins, now: new Date() });
  process.on('message', (message) => (doom = message as Doom));
  process.once('disconnect', die);
  process.send?.({ url: gateway.url });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
