import { LedgerContract } from '../contract/ledger-contract';
import type { WallClock } from '../authorisation/time';
export class NetworkContract extends LedgerContract {
  constructor(wallClock: WallClock) {
    super('network', wallClock);
  }
}
