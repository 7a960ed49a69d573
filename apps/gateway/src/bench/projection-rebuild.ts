import { Consortium, OPERATOR } from '@tallystick/chaincode/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Database } from '../database/database';
import { startEmbedded } from '../database/embedded';
import { migrate } from '../database/migrate';
import { appSource } from '../database/source';
import { rebuild } from '../projection/rebuild';
import { silentAlarms } from '../testing/alarms';
import { send, signTransfers, stock } from './market';
import { drive, round, timed, type Figure } from './measure';

const TRANSFERS = 1_500;
const WIDTH = 100;

/**
 * Empties the operator's read model and replays the ledger into it, every check of the projection included; one event is one
 * record written. The operator's organisation reads the most: all suppliers of the bench are its own.
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
    const { result, cpuSeconds } = await timed(() => rebuild(ledger, new Database(source), alarms));
    const { events, blocks, seconds } = result;
    await source.destroy();
    if (alarms.raised.length > 0) throw new Error(`not believed: ${JSON.stringify(alarms.raised[0])}`);
    return [
      {
        bench: 'projection.rebuild',
        value: Math.round(events / seconds),
        unit: 'events/s',
        events,
        blocks: Number(blocks),
        seconds: round(seconds, 2),
        cpuSeconds: round(cpuSeconds, 2),
      },
    ];
  } finally {
    await consortium.close();
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
