import type { Context, Contract } from 'fabric-contract-api';
import { contracts as honest } from '..';

/** The contracts of an organisation that says no to whatever it is asked. */
export const contracts = honest.map(
  (Honest) =>
    class {
      constructor() {
        const contract = new Honest() as Contract;
        contract.beforeTransaction = (_: Context) => {
          throw new Error(JSON.stringify({ code: 'NOT_OWNER', details: {} }));
        };
        return contract;
      }
    },
);
