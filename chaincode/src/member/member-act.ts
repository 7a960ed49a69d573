import type { CallName, MemberRecord } from '@tallystick/protocol';
import type { Call } from '../authorisation/call';
import { rosterPolicy } from '../state/key-policy';

/**
 * Keeps the signed instruction that gives a member something (admission, a key, a limit) beside its record, so that every
 * reader can verify for itself who did it (`ledger.md` §3.3). All of it is public anyway. What only takes away (revocation,
 * suspension) keeps no act: its reason is nobody's business.
 */
export async function keepAct<N extends CallName>(
  { state, genesis, signed: { instruction, signatures } }: Pick<Call<N, unknown>, 'state' | 'genesis' | 'signed'>,
  { id, host }: MemberRecord,
): Promise<void> {
  const record = { schema: 1 as const, member: id, instruction, signatures };
  const isKept = (await state.find('MemberAct', id)) !== null;
  if (isKept) await state.update('MemberAct', [id], record);
  else await state.create('MemberAct', [id], record, rosterPolicy(genesis, host));
}
