import type { Ledger } from '@tallystick/ledger';
import type { Database } from '../database/database';
import type { Alarms } from './alarms';
import { emptyProjection } from './dump';
import { catchUp } from './follower';
import { Projector } from './projector';
import { forgetVerdicts, type VerifiedBlocks } from './verified-blocks';

/** What a rebuild did, for the bench and the operator. */
export interface Rebuilt {
  blocks: bigint;
  /** Records written, the unit of `projection.rebuild`. */
  events: number;
  seconds: number;
}

/**
 * Empties the read model of an organisation and fills it again from block 0. Nobody else may project it meanwhile.
 * Blocks that passed every check before are not checked again, unless `verifyAll`.
 */
export async function rebuild(
  ledger: Ledger,
  database: Database,
  alarms: Alarms,
  { verified = null, verifyAll = false }: { verified?: VerifiedBlocks | null; verifyAll?: boolean } = {},
): Promise<Rebuilt> {
  const org = ledger.mspId;
  await database.withSystem(async (manager) => {
    await emptyProjection(manager, org);
    if (verifyAll) await forgetVerdicts(manager, org);
  });
  let events = 0;
  const started = performance.now();
  const blocks = await catchUp(ledger, new Projector(org, database, alarms, verified), 0n, {
    applied: (projected) => {
      events += projected.events;
    },
  });
  return { blocks, events, seconds: (performance.now() - started) / 1_000 };
}
