import { rosterLeaf, verifyRosterProof } from '@tallystick/crypto';
import type { MemberProof, MemberRecord } from '@tallystick/protocol';
import { Refused } from '../refusal/refused';
import type { State } from '../state/state';

/**
 * The members a request proves. Only `Roster/<host>` is read, so public read sets name hosts, not members.
 * @throws Refused NOT_A_MEMBER for a record that its host's roster does not hold; BAD_INPUT for a member proved twice
 */
export async function provenMembers(
  state: State,
  proofs: readonly MemberProof[],
): Promise<ReadonlyMap<string, MemberRecord>> {
  const members = new Map<string, MemberRecord>();
  for (const { record, proof } of proofs) {
    if (members.has(record.id)) throw new Refused('BAD_INPUT', { field: 'members' });
    const roster = await state.find('Roster', record.host);
    const place = { index: record.index, leaf: rosterLeaf(record), proof };
    if (roster === null || !verifyRosterProof({ root: roster.root, ...place })) {
      throw new Refused('NOT_A_MEMBER', { memberId: record.id });
    }
    members.set(record.id, record);
  }
  return members;
}
