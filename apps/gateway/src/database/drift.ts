import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbedded } from './embedded';
import { migrate, migrationDrift } from './migrate';

/** Migrates an empty database and prints what the entities would still change; for `npm run check`. */
async function main(): Promise<string[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'tallystick-drift-'));
  try {
    const database = await startEmbedded(home, { settings: { fsync: 'off' } });
    try {
      await migrate({ ownerUrl: database.databaseOwnerUrl, appUrl: database.databaseUrl });
      return await migrationDrift(database.databaseOwnerUrl);
    } finally {
      await database.stop();
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

main().then(
  (missing) => {
    if (missing.length > 0) console.error(`no migration does this yet:\n${missing.join('\n')}`);
    process.exitCode = missing.length === 0 ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
