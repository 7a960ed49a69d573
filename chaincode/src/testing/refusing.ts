import type { ContractClass } from '@tallystick/ledger';
import type { Contract } from 'fabric-contract-api';
import { contractsWith } from '..';
import type { WallClock } from '../authorisation/time';

/** The contracts of an organisation that says no to whatever it is asked, while it is in that mood. */
export function refusingContracts(wallClock: WallClock, refuses: () => boolean = () => true): ContractClass[] {
  return contractsWith(wallClock).map(
    (Honest) =>
      class {
        constructor() {
          const contract = new Honest() as Contract;
          contract.beforeTransaction = () => {
            if (refuses()) throw new Error(JSON.stringify({ code: 'NOT_OWNER', details: {} }));
            return Promise.resolve();
          };
          return contract;
        }
      },
  );
}
