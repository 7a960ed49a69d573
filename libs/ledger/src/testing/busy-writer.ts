import { writeSync } from 'node:fs';
import { PostgresStore } from '../embedded/postgres-store';
import { openScriptNetwork } from './embedded-fixture';
import { scriptCall } from './script-call';

/**
 * A program of its own, to be killed: writes keys without pause, and prints each only when its commit is
 * acknowledged. Arguments: connection string, schema, key file, prefix of the keys.
 */
async function main([connectionString = '', schema = '', keyFile = '', prefix = '']: string[]): Promise<void> {
  const store = new PostgresStore({ connectionString, schema });
  const network = await openScriptNetwork({ store, keyFile, batching: { maxTransactions: 5, timeoutMs: 2 } });
  const ledger = network.ledgerFor('OperatorMSP');
  let next = 0;
  const write = async () => {
    for (;;) {
      const key = `${prefix}-${(next += 1)}`;
      const result = await ledger.submit(scriptCall(['OperatorMSP', 'CoreMSP'], { do: 'put', key, value: key }));
      if (result.kind !== 'committed') throw new Error(JSON.stringify(result.kind));
      writeSync(1, `${key} ${result.txId}\n`);
    }
  };
  await Promise.all(Array.from({ length: 12 }, write));
}

void main(process.argv.slice(2));
