import type { Settings } from '../config/config';
import { startConsortium } from './consortium-platform';
import { startEmbeddedPlatform } from './embedded-platform';
import { startOrganisation } from './organisation-platform';
import type { Closers, Platform, Progress, Start } from './start';

/**
 * Brings up what the settings ask for: the whole trial in this process on the embedded ledger; one organisation's gateway on
 * a Fabric network, when a profile names the organisation; else a trial of the whole consortium on Fabric, each organisation
 * in a process of its own.
 */
export async function startPlatform(settings: Settings, progress: Progress): Promise<Platform> {
  const onFabric = settings.fabricProfile === null ? startConsortium : startOrganisation;
  const start: Start = settings.ledger === 'embedded' ? startEmbeddedPlatform : onFabric;
  const closers: Closers = [];
  const close = async (): Promise<void> => {
    for (const stop of closers.splice(0).reverse()) await stop();
  };
  try {
    return { ...(await start(settings, progress, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}
