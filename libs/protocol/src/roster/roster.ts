import { rosterLeaf, RosterTree } from '@tallystick/crypto';
import type { MemberProof } from '../instruction/instruction';
import type { MemberRecord, RosterRecord } from '../member/member.records';

/** All member records of one host, from which proofs under its public root are made. */
export class HostRoster {
  private readonly tree = new RosterTree();
  private readonly records = new Map<string, MemberRecord>();

  /** @throws RangeError for a record of another host */
  constructor(
    readonly host: string,
    records: Iterable<MemberRecord> = [],
  ) {
    for (const record of records) this.put(record);
  }

  /** Adds a member or replaces its record. @throws RangeError for a record of another host or a taken place */
  put(record: MemberRecord): void {
    if (record.host !== this.host) throw new RangeError(`${record.id} is not hosted by ${this.host}`);
    const before = this.records.get(record.id);
    const place = before?.index ?? null;
    if (place !== record.index && (place !== null || this.tree.leaf(record.index) !== null)) {
      throw new RangeError(`${record.id} does not stand at place ${record.index}`);
    }
    this.records.set(record.id, record);
    this.tree.set(record.index, rosterLeaf(record));
  }

  member(id: string): MemberRecord | null {
    return this.records.get(id) ?? null;
  }

  /** The public record of this roster: what `Roster/<host>` holds. */
  get state(): RosterRecord {
    const size = [...this.records.values()].reduce((next, { index }) => Math.max(next, index + 1), 0);
    return { schema: 1, host: this.host, root: this.tree.root, size };
  }

  /** The member's record with its place under the root. @throws RangeError for a member of another host */
  proofOf(id: string): MemberProof {
    const record = this.records.get(id);
    if (record === undefined) throw new RangeError(`${id} is not hosted by ${this.host}`);
    return { record, proof: this.tree.proof(record.index) };
  }

  /** Proof of a place, taken or empty: what an admission or a change of a record starts from. */
  proofAt(index: number): string[] {
    return this.tree.proof(index);
  }
}
