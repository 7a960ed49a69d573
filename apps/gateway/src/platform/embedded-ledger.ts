import { contracts } from '@tallystick/chaincode';
import { EmbeddedNetwork, PostgresStore } from '@tallystick/ledger';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chaincodePolicy, type Consortium } from '@tallystick/network';

/** Opens the embedded ledger of a whole consortium, kept in PostgreSQL; the organisations' keys stand in `home`. */
export function openEmbeddedLedger(
  consortium: Consortium,
  { home, databaseUrl }: { home: string; databaseUrl: string },
): Promise<EmbeddedNetwork> {
  const keys = path.join(home, 'keys');
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  return EmbeddedNetwork.open({
    mspIds: consortium.organisations.map(({ msp }) => msp),
    contracts,
    chaincodePolicy: chaincodePolicy(consortium),
    store: new PostgresStore({ connectionString: databaseUrl }),
    keyFile: path.join(keys, 'ledger.json'),
    batching: { maxTransactions: 50, timeoutMs: 20 },
  });
}
