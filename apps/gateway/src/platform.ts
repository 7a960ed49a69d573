import path from 'node:path';
import { completeConfig, type Settings } from './config/config';
import { startEmbedded } from './database/embedded';
import { migrate } from './database/migrate';
import { startGateway } from './gateway';

export interface Platform {
  url: string;
  /** Stops everything in the reverse order of starting, and waits. */
  close(): Promise<void>;
}

/**
 * Brings up whatever the settings leave to us (the embedded PostgreSQL when no database is named), then the gateway.
 * @param progress hears one line for each step
 */
export async function startPlatform(settings: Settings, progress: (line: string) => void): Promise<Platform> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const stop of closers.splice(0).reverse()) await stop();
  };
  try {
    const found = await databases(settings, progress, closers);
    const embedded = settings.databaseUrl === null;
    const config = completeConfig(
      embedded
        ? { ...settings, logFile: settings.logFile ?? path.join(settings.home, 'logs', 'gateway.log') }
        : settings,
      found,
    );
    progress('bringing the tables up to date');
    await migrate({ ownerUrl: config.databaseOwnerUrl, appUrl: config.databaseUrl });
    progress('starting the gateway');
    const gateway = await startGateway(config);
    closers.push(() => gateway.close());
    return { url: gateway.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function databases(settings: Settings, progress: (line: string) => void, closers: (() => Promise<void>)[]) {
  const { databaseUrl, databaseOwnerUrl, ledgerDatabaseUrl } = settings;
  if (databaseUrl !== null && databaseOwnerUrl !== null) {
    return { databaseUrl, databaseOwnerUrl, ledgerDatabaseUrl: ledgerDatabaseUrl ?? databaseOwnerUrl };
  }
  progress('starting PostgreSQL');
  const embedded = await startEmbedded(settings.home);
  closers.push(() => embedded.stop());
  return embedded;
}
