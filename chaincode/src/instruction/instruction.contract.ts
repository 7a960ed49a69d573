import { instructionKey } from '@tallystick/crypto';
import { Hash, instructionHash, recordKey } from '@tallystick/protocol';
import type { Context } from 'fabric-contract-api';
import type { Call, CallSpec } from '../authorisation/call';
import type { WallClock } from '../authorisation/time';
import type { Effects } from '../contract/finish';
import { LedgerContract } from '../contract/ledger-contract';
import { NoContext } from '../contract/no-context';
import { parsed } from '../contract/request';
import { Refused } from '../refusal/refused';
import { State } from '../state/state';

const VOID: CallSpec<'instruction.voidInstruction', NoContext> = {
  call: 'instruction.voidInstruction',
  context: NoContext,
  authority: 'anyKey',
  evenSuspended: true,
};

/** What became of an instruction, and the way out when nobody knows. */
export class InstructionContract extends LedgerContract {
  constructor(wallClock: WallClock) {
    super('instruction', wallClock);
  }

  /** Ends an instruction of the member's that was not applied: exactly one of the two wins the instruction's key. */
  voidInstruction(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, VOID, voidInstruction);
  }

  /** Query: the record of an instruction key, as canonical JSON. */
  async outcome(ctx: Context, key: string): Promise<string> {
    const id = parsed(Hash, key, 'key');
    const text = await new State(ctx.stub).text(recordKey('Instruction', id));
    if (text === null) throw new Refused('RECORD_NOT_FOUND', { record: 'Instruction', id });
    return text;
  }
}

/** @throws Refused RECORD_EXISTS when the instruction was applied or voided before; BAD_INPUT for voiding itself */
async function voidInstruction(call: Call<'instruction.voidInstruction', NoContext>): Promise<Effects> {
  const { state, body, member, instruction } = call;
  if (body.id === instruction.id) throw new Refused('BAD_INPUT', { field: 'id' });
  const key = instructionKey({ member: member.id, id: body.id });
  const known = await state.find('Instruction', key);
  if (known !== null) throw new Refused('RECORD_EXISTS', { record: 'Instruction', voided: known.voided });
  const record = { schema: 1 as const, hash: instructionHash(instruction), outcome: '', voided: true };
  await state.create('Instruction', [key], record, 'chaincode');
  return { ids: [key] };
}
