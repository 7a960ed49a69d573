import { rosterLeaf, verifyRosterProof } from '@tallystick/crypto';
import type { MemberRecord } from '../member/member.records';
import { HostRoster } from './roster';

const member = (id: string, index: number, host = 'OperatorMSP'): MemberRecord => ({
  schema: 1,
  id,
  name: '虚构供应商',
  nameEn: 'Invented Supplier',
  lei: null,
  kinds: ['SUPPLIER'],
  group: null,
  host,
  index,
  keys: [],
  soloLimitFen: '0',
  status: 'active',
});

describe('the roster of a host', () => {
  it('proves each member under its root, and follows a change', () => {
    const first = member('91310000MA00UP1A06', 0);
    const second = member('91440300MA00UP2B0F', 1);
    const roster = new HostRoster('OperatorMSP', [first, second]);
    const proven = (): boolean =>
      [first.id, second.id].every((id) => {
        const { record, proof } = roster.proofOf(id);
        return verifyRosterProof({ root: roster.state.root, index: record.index, leaf: rosterLeaf(record), proof });
      });
    expect(roster.state.size).toBe(2);
    expect(proven()).toBe(true);
    const before = roster.state.root;
    roster.put({ ...second, status: 'suspended' });
    expect(roster.state.root).not.toBe(before);
    expect(proven()).toBe(true);
  });

  it('refuses a member of another host, a taken place and a member that moves', () => {
    const roster = new HostRoster('OperatorMSP', [member('91310000MA00UP1A06', 0)]);
    expect(() => roster.put(member('91440300MA00UP2B0F', 1, 'BankOneMSP'))).toThrow(RangeError);
    expect(() => roster.put(member('91440300MA00UP2B0F', 0))).toThrow(RangeError);
    expect(() => roster.put(member('91310000MA00UP1A06', 1))).toThrow(RangeError);
    expect(() => roster.proofOf('91440300MA00UP2B0F')).toThrow(RangeError);
  });

  it('proves an empty place', () => {
    const roster = new HostRoster('OperatorMSP', [member('91310000MA00UP1A06', 0)]);
    expect(verifyRosterProof({ root: roster.state.root, index: 1, leaf: null, proof: roster.proofAt(1) })).toBe(true);
  });
});
