import { fabricFaultSuite } from '../testing/fabric-fault-suite';

describe('Fabric through fabric-gateway, when its processes fail', () => {
  fabricFaultSuite('fabric-gateway');
});
