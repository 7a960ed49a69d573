import { Consortium } from '@tallystick/chaincode/testing';
import { PostgresStore } from '@tallystick/ledger';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbedded } from '../database/embedded';
import { send, signTransfers, stock } from './market';
import { drive, percentile, round, timed, type Figure } from './measure';

const TRANSFERS = 1_000;
const WIDTH = 50;

/**
 * Transfers through the real contract on the embedded ledger, kept in PostgreSQL with `fsync` on: each is two transactions
 * (offer with its cut, acceptance), each endorsed by three organisations that check two people's signatures and two members'
 * roster proofs. Signing is the members' own work and done before.
 */
export async function embeddedTransfer(): Promise<Figure[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'tallystick-bench-'));
  const database = await startEmbedded(home);
  const store = new PostgresStore({ connectionString: database.ledgerDatabaseUrl });
  const consortium = await Consortium.open({ store, blockMs: 20 });
  try {
    const transfers = await signTransfers(consortium, await stock(consortium, TRANSFERS));
    const jobs = transfers.map(({ offer, accept }) => async () => {
      await send(consortium, offer);
      await send(consortium, accept);
    });
    const { result: took, seconds, cpuSeconds } = await timed(() => drive(WIDTH, jobs));
    return [
      {
        bench: 'embedded.transfer',
        value: round(TRANSFERS / seconds),
        unit: 'transfers/s',
        transactionsPerSecond: round((2 * TRANSFERS) / seconds),
        endorsers: 3,
        transfers: TRANSFERS,
        p95Ms: round(percentile(took, 0.95)),
        cpuSeconds: round(cpuSeconds),
        seconds: round(seconds),
      },
    ];
  } finally {
    await consortium.close();
    await database.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
