import { anyTwo, organisations } from '../testing/script-call';
import { ledgerPortSuite } from '../testing/ledger-port-suite';
import { ScriptContract } from '../testing/script-contract';
import { MemoryStore } from './memory-store';
import { EmbeddedNetwork } from './network';

describe('embedded ledger, kept in memory', () => {
  ledgerPortSuite(() =>
    EmbeddedNetwork.open({
      mspIds: organisations,
      contracts: [ScriptContract],
      chaincodePolicy: anyTwo,
      store: new MemoryStore(),
      batching: { maxTransactions: 10, timeoutMs: 2 },
    }),
  );
});
