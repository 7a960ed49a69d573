import { Contract } from 'fabric-contract-api';

/** Part of every chaincode process: lets people and programs see that it answers, without touching the ledger. */
export class ProbeContract extends Contract {
  constructor() {
    super('probe');
  }

  /** Equal at every organisation, so that its endorsements agree. */
  async answer(): Promise<string> {
    return 'ready';
  }
}
