import { fabricFaultSuite } from '../testing/fabric-fault-suite';

describe('Fabric through fabric-network, when its processes fail', () => {
  fabricFaultSuite('fabric-network');
});
