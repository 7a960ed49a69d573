import { openScriptFabric, scriptFabric } from '../testing/fabric-fixture';
import { ledgerPortSuite } from '../testing/ledger-port-suite';

describe('Fabric through fabric-network', () => {
  ledgerPortSuite(async () => openScriptFabric(await scriptFabric(), { client: 'fabric-network' }));
});
