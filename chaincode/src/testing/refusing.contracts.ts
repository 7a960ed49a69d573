import { refusingContracts } from './refusing';

/** The contracts of an organisation that refuses everything, as a module for a chaincode process. */
export const contracts = refusingContracts(() => Date.now());
