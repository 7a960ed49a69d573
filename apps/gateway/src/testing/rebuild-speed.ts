import {
  activeCertificate,
  Consortium,
  grantLine,
  OPERATOR,
  pass,
  type Firm,
  type Held,
} from '@tallystick/chaincode/testing';
import { appSource } from '../database/source';
import { Database } from '../database/database';
import { rebuild, type Rebuilt } from '../projection/rebuild';
import { silentAlarms } from './alarms';
import type { TestDatabase } from './database';

/**
 * The bench `projection.rebuild`: a chain of certificates passed on, read by the organisation that sees most of them and checks most
 * (the operator, host of every supplier), into a migrated and empty database.
 * @param transfers offers with their acceptances, two transactions each
 */
export async function measureRebuild(database: Pick<TestDatabase, 'databaseUrl'>, transfers: number): Promise<Rebuilt> {
  const consortium = await Consortium.open({ blockMs: 1 });
  const source = await appSource(database.databaseUrl, 4).initialize();
  try {
    const [first, second] = consortium.firms.suppliers as [Firm, Firm];
    const line = await grantLine(consortium);
    const perCertificate = 50;
    for (let made = 0; made < transfers; made += perCertificate) {
      let held: Held = await activeCertificate(consortium, line, { creditor: first, faceFen: 1_000_000_00n });
      for (let cut = 0; cut < perCertificate && made + cut < transfers; cut++) {
        held = (await pass(consortium, held, first, second, 1_000_00n)).rest as Held;
      }
    }
    return await rebuild(consortium.network.ledgerFor(OPERATOR), new Database(source), silentAlarms());
  } finally {
    await source.destroy();
    await consortium.close();
  }
}
