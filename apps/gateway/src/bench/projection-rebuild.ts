import { Consortium, OPERATOR } from '@tallystick/chaincode/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Database } from '../database/database';
import { startEmbedded } from '../database/embedded';
import { migrate } from '../database/migrate';
import { appSource } from '../database/source';
import { rebuild, type Rebuilt } from '../projection/rebuild';
import { VerifiedBlocks } from '../projection/verified-blocks';
import { silentAlarms } from '../testing/alarms';
import { send, signTransfers, stock } from './market';
import { drive, round, timed, type Figure } from './measure';

const TRANSFERS = 1_500;
const WIDTH = 100;

/**
 * Replays the ledger into the operator's empty read model, twice: `projection.read` checks everything, as a new gateway does;
 * `projection.rebuild` comes after it and knows which blocks passed. One event is one record written. The operator's
 * organisation reads the most: all suppliers of the bench are its own.
 * @throws Error when a record is not believed
 */
export async function projectionRebuild(): Promise<Figure[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'tallystick-bench-'));
  const server = await startEmbedded(home);
  const consortium = await Consortium.open({ blockMs: 20 });
  try {
    await migrate({ ownerUrl: server.databaseOwnerUrl, appUrl: server.databaseUrl });
    const transfers = await signTransfers(consortium, await stock(consortium, TRANSFERS));
    for (const half of ['offer', 'accept'] as const) {
      await drive(
        WIDTH,
        transfers.map((transfer) => () => send(consortium, transfer[half])),
      );
    }
    const source = await appSource(server.databaseUrl, 4).initialize();
    const alarms = silentAlarms();
    const ledger = consortium.network.ledgerFor(OPERATOR);
    const verified = new VerifiedBlocks('bench');
    const figures: Figure[] = [];
    for (const bench of ['projection.read', 'projection.rebuild']) {
      const { result, cpuSeconds } = await timed(() => rebuild(ledger, new Database(source), alarms, { verified }));
      figures.push(figureOf(bench, result, cpuSeconds));
    }
    await source.destroy();
    if (alarms.raised.length > 0) throw new Error(`not believed: ${JSON.stringify(alarms.raised[0])}`);
    return figures;
  } finally {
    await consortium.close();
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

const figureOf = (bench: string, { events, blocks, seconds }: Rebuilt, cpuSeconds: number): Figure => ({
  bench,
  value: Math.round(events / seconds),
  unit: 'events/s',
  events,
  blocks: Number(blocks),
  seconds: round(seconds, 2),
  cpuSeconds: round(cpuSeconds, 2),
});
