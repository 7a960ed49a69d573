import type { GenesisRecord, Instruction } from '@tallystick/protocol';
import type { Context } from 'fabric-contract-api';
import { Refused } from '../refusal/refused';

/**
 * An instruction is for one network, one channel, one chaincode and one function (X3).
 * @throws Refused WRONG_NETWORK for another network; BAD_INPUT for another function
 */
export function requireThisCall(
  ctx: Context,
  genesis: GenesisRecord,
  instruction: Instruction,
  call: { contract: string; fn: string },
): void {
  const here = {
    networkId: genesis.networkId,
    channel: ctx.stub.getChannelID(),
    chaincode: genesis.chaincode,
  };
  for (const [field, value] of Object.entries(here)) {
    if (instruction[field as keyof typeof here] !== value) throw new Refused('WRONG_NETWORK', { field });
  }
  if (instruction.contract !== call.contract) throw new Refused('BAD_INPUT', { field: 'instruction.contract' });
  if (instruction.fn !== call.fn) throw new Refused('BAD_INPUT', { field: 'instruction.fn' });
}
