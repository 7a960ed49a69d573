import path from 'node:path';
import { completeConfig, type Config, type Settings } from '../config/config';
import { startEmbedded } from '../database/embedded';
import { migrate } from '../database/migrate';
import type { Closers, Progress } from './start';

/** The database is up and its tables are up to date: the one that is named, else an embedded one in `home`. */
export async function readyDatabase(settings: Settings, progress: Progress, closers: Closers): Promise<Config> {
  const embedded = settings.databaseUrl === null;
  const found = await database(settings, progress, closers);
  const logFile = settings.logFile ?? path.join(settings.home, 'logs', 'gateway.log');
  const config = completeConfig(embedded ? { ...settings, logFile } : settings, found);
  progress('bringing the tables up to date');
  await migrate({ ownerUrl: config.databaseOwnerUrl, appUrl: config.databaseUrl });
  return config;
}

async function database(
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
