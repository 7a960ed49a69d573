import { rosterLeaf, rosterRootWith } from '@tallystick/crypto';
import { HostRoster, type RecordOf } from '@tallystick/protocol';
import type { Mirror } from '../mirror';
import type { Case, Counterfeit, Written } from './check';

/** The member records of each host as a tree, so that each change can be held against the public root. */
export class Rosters {
  private readonly byHost = new Map<string, HostRoster>();

  async of(host: string, mirror: Mirror): Promise<HostRoster> {
    const known = this.byHost.get(host);
    if (known !== undefined) return known;
    const members = await mirror.within('Member', host);
    const roster = new HostRoster(
      host,
      members.map(({ record }) => record),
    );
    this.byHost.set(host, roster);
    return roster;
  }

  /** Members changed without a check: their hosts' trees are built anew when they are asked for. */
  changed(writes: readonly Written[]): void {
    for (const { type, record } of writes) if (type === 'Member') this.byHost.delete(record.host);
  }
}

/**
 * A member's record, new or changed: its host's roster, written in the same transaction, holds exactly it at its place.
 * The roster's key is guarded by operator, authority and host, so a record beside it was admitted by nobody.
 */
export async function checkMember(
  { record, before }: Written<'Member'>,
  within: Case,
  rosters: Rosters,
): Promise<Counterfeit | null> {
  const written = within.written('Roster', record.host);
  if (written === null) return 'ROSTER_MISMATCH';
  const samePlace = before === null || (before.record.index === record.index && before.record.host === record.host);
  const roster = await rosters.of(record.host, within.mirror);
  const taken = before === null && rosterHas(roster, record);
  const root = rosterRootWith({ index: record.index, leaf: rosterLeaf(record), proof: roster.proofAt(record.index) });
  if (!samePlace || taken || root !== written.record.root) return 'ROSTER_MISMATCH';
  roster.put(record);
  return null;
}

const rosterHas = (roster: HostRoster, { index }: RecordOf<'Member'>): boolean => index < roster.state.size;
