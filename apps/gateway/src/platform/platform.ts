import { EMBEDDED_CHANNEL } from '@tallystick/ledger';
import path from 'node:path';
import { UsersService } from '../auth/users.service';
import { completeConfig, type Config, type Settings } from '../config/config';
import { startEmbedded } from '../database/embedded';
import { migrate } from '../database/migrate';
import { startGateway, type Gateway } from '../gateway';
import { Ledgers, LedgersModule } from '../projection/ledger-access';
import { seedMembers } from '../seed/members';
import { seedTrial } from '../seed/seed';
import { readConsortium, type Consortium } from './consortium';
import { openEmbeddedLedger } from './embedded-ledger';
import { foundTrial } from './founding';
import { Logins, type Login } from './logins';
import { beginAnewIfUnfinished, finishSeeding, isSeeded } from './seeding';

export interface Platform {
  url: string;
  /** How to sign in, on a trial network. */
  logins: readonly Login[];
  /** Stops everything in the reverse order of starting, and waits. */
  close(): Promise<void>;
}

type Progress = (line: string) => void;
type Closers = (() => Promise<void>)[];

/**
 * Brings up the whole trial platform: the embedded PostgreSQL when no database is named, the embedded ledger of all
 * organisations, the gateway that serves them, and at the first start the founding and the seed.
 * @param progress hears one line for each step
 */
export async function startPlatform(settings: Settings, progress: Progress): Promise<Platform> {
  const closers: Closers = [];
  const close = async (): Promise<void> => {
    for (const stop of closers.splice(0).reverse()) await stop();
  };
  try {
    const config = await prepare(settings, progress, closers);
    const consortium = readConsortium();
    const { gateway, logins } = await open(config, consortium, progress, closers);
    return { url: gateway.url, logins: logins.all(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Databases up, tables up to date. */
async function prepare(settings: Settings, progress: Progress, closers: Closers): Promise<Config> {
  const embedded = settings.databaseUrl === null;
  if (embedded && (await beginAnewIfUnfinished(settings.home)))
    progress('the first start was interrupted: beginning anew');
  const found = await databases(settings, progress, closers);
  const logFile = settings.logFile ?? path.join(settings.home, 'logs', 'gateway.log');
  const config = completeConfig(embedded ? { ...settings, logFile } : settings, found);
  progress('bringing the tables up to date');
  await migrate({ ownerUrl: config.databaseOwnerUrl, appUrl: config.databaseUrl });
  return config;
}

/** Ledger, gateway, and what a new network needs before people come. */
async function open(
  config: Config,
  consortium: Consortium,
  progress: Progress,
  closers: Closers,
): Promise<{ gateway: Gateway; logins: Logins }> {
  progress('opening the embedded ledger');
  const databaseUrl = config.ledgerDatabaseUrl ?? config.databaseOwnerUrl;
  const network = await openEmbeddedLedger(consortium, { home: config.home, databaseUrl });
  closers.push(() => network.close());
  progress('starting the gateway');
  const orgs = consortium.organisations.map(({ msp }) => msp);
  const gateway = await startGateway(config, [LedgersModule.of(new Ledgers(network, orgs))]);
  closers.push(() => gateway.close());
  const logins = new Logins(config.home);
  if (!isSeeded(config.home)) {
    progress('founding the trial network');
    const users = gateway.app.get(UsersService);
    await foundTrial({
      consortium,
      channel: EMBEDDED_CHANNEL,
      home: config.home,
      network,
      users,
      logins,
      now: new Date(),
    });
    const seed = config.trialSeed === 'members' ? seedMembers : seedTrial;
    await seed({ gatewayOf: () => gateway.url, logins, progress });
    finishSeeding(config.home);
  }
  return { gateway, logins };
}

async function databases(
  settings: Settings,
  progress: Progress,
  closers: Closers,
): Promise<{ databaseUrl: string; databaseOwnerUrl: string; ledgerDatabaseUrl: string; serverSecret?: string }> {
  const { databaseUrl, databaseOwnerUrl, ledgerDatabaseUrl } = settings;
  if (databaseUrl !== null && databaseOwnerUrl !== null) {
    return { databaseUrl, databaseOwnerUrl, ledgerDatabaseUrl: ledgerDatabaseUrl ?? databaseOwnerUrl };
  }
  progress('starting PostgreSQL');
  const embedded = await startEmbedded(settings.home);
  closers.push(() => embedded.stop());
  return embedded;
}
