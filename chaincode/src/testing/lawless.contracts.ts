import { lawlessContracts } from './lawless';

/** The contracts of an organisation that obeys its own client only, as a module for a chaincode process. */
export const contracts = lawlessContracts(() => Date.now());
