import { rosterLeaf, rosterRootWith, verifyRosterProof } from '@tallystick/crypto';
import type { MemberRecord, RosterContext } from '@tallystick/protocol';
import type { z } from 'zod';
import { Refused } from '../refusal/refused';
import type { State } from '../state/state';

type Place = z.infer<typeof RosterContext>;

/**
 * The subject's current record, proved by its place in its host's roster.
 * @throws Refused NOT_A_MEMBER
 */
export async function currentRecord(state: State, { record, proof }: Place, id: string): Promise<MemberRecord> {
  if (record === null || record.id !== id) throw new Refused('NOT_A_MEMBER', { memberId: id });
  const roster = await state.find('Roster', record.host);
  const place = { index: record.index, leaf: rosterLeaf(record), proof };
  if (roster === null || !verifyRosterProof({ root: roster.root, ...place })) {
    throw new Refused('NOT_A_MEMBER', { memberId: id });
  }
  return record;
}

/** Writes a member's changed record and the root that now covers it; `proof` was checked by {@link currentRecord}. */
export async function replaceRecord(state: State, next: MemberRecord, proof: readonly string[]): Promise<void> {
  const roster = await state.get('Roster', next.host);
  const root = rosterRootWith({ index: next.index, leaf: rosterLeaf(next), proof });
  await state.update('Member', [next.id], next);
  await state.update('Roster', [next.host], { ...roster, root });
}

/**
 * The roster of a host with a new member at its next free place.
 * @throws Refused BAD_INPUT for another place or a proof that does not show it empty (a roster that moved on meanwhile)
 */
export async function addToRoster(state: State, record: MemberRecord, { proof }: Place): Promise<void> {
  const roster = await state.get('Roster', record.host);
  const free = { index: record.index, leaf: null, proof };
  if (record.index !== roster.size || !verifyRosterProof({ root: roster.root, ...free })) {
    throw new Refused('BAD_INPUT', { field: 'record.index', size: roster.size });
  }
  const root = rosterRootWith({ index: record.index, leaf: rosterLeaf(record), proof });
  await state.update('Roster', [record.host], { ...roster, root, size: roster.size + 1 });
}
