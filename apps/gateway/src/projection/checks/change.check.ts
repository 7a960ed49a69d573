import { isDeepStrictEqual } from 'node:util';
import { LIFECYCLES, type Lifecycle } from '@tallystick/domain';
import type { RecordOf, RecordType } from '@tallystick/protocol';
import type { Mirrored } from '../mirror';
import type { Case, Counterfeit, Written } from './check';

/**
 * A changed record. Its key's policy says who may change it; this says what nobody may: what a record fixed once, a step that its
 * lifecycle does not have, a holding spent without successors over exactly its cuts, and any change without an instruction.
 */
export function checkChange(written: Written, before: Mirrored, within: Case): Counterfeit | null {
  const { type, record } = written;
  if (type === 'Member' || type === 'Roster') return null; // by `checkMember`
  const old = before.record as Record<string, unknown>;
  const now = record as Record<string, unknown>;
  const fixed = FIXED[type] ?? Object.keys(old);
  if (fixed.some((field) => !isDeepStrictEqual(old[field], now[field]))) return 'CHANGE_FORBIDDEN';
  if (!isStep(written, old)) return 'CHANGE_FORBIDDEN';
  if (within.ofType('Instruction').length === 0) return 'INSTRUCTION_MISSING';
  return type === 'Holding' ? checkSpent(before.record as RecordOf<'Holding'>, written, within) : null;
}

/** What of a record never changes; of a type that is not named, nothing does. */
const FIXED: Partial<Record<RecordType, readonly string[]>> = {
  Clock: ['schema'],
  Schedule: ['schema'],
  MemberAct: ['member'],
  Line: ['id', 'witness', 'standIn', 'issuerOrg', 'terms'],
  Certificate: ['public', 'undertakings'],
  Occupancy: ['fingerprint', 'gross'],
  Standing: ['issuer'],
  Holding: ['id', 'certificate', 'parent', 'lo', 'hi', 'owner', 'host', 'depth', 'madeBy'],
  // Those of all three kinds; a field that a kind has not is equally absent on both sides.
  Order: [
    'kind',
    'id',
    'certificate',
    'holding',
    'senderHost',
    'receiverHost',
    'receiver',
    'background',
    'until',
    'ownerHost',
    'application',
    'openUntil',
    'amount',
  ],
  Invitation: ['id', 'order', 'ownerHost', 'bankHost', 'bank'],
  Quote: ['id', 'order', 'invitation', 'bankHost', 'terms', 'net', 'validUntil'],
  Agreement: ['order', 'quote', 'net', 'document', 'checklist', 'validUntil'],
  Page: ['order', 'page', 'runningTo', 'cutTo', 'last'],
};

/** The lifecycle of a record and the field that says where it stands. */
function lifecycleOf({ type, record }: Written): [Lifecycle<string, string>, 'status' | 'state'] | null {
  const of = (name: keyof typeof LIFECYCLES): Lifecycle<string, string> =>
    LIFECYCLES[name] as unknown as Lifecycle<string, string>;
  switch (type) {
    case 'Certificate':
      return [of('certificate'), 'status'];
    case 'Holding':
      return [of('holding'), 'status'];
    case 'Order':
      return [of(record.kind === 'transfer' ? 'offer' : record.kind), 'state'];
    case 'Quote':
      return [of('quote'), 'state'];
    case 'Agreement':
      return [of('agreement'), 'state'];
    default:
      return null;
  }
}

function isStep(written: Written, before: Record<string, unknown>): boolean {
  const found = lifecycleOf(written);
  if (found === null) return true;
  const [{ edges }, field] = found;
  const [from, to] = [before[field] as string, (written.record as unknown as Record<string, string>)[field]];
  return from === to || edges.some((edge) => edge.from.includes(from) && edge.to === to);
}

/** A holding spent by a cut or a move has successors in the same transaction, and what was spent is not touched again. */
function checkSpent(before: RecordOf<'Holding'>, { record }: Written<'Holding'>, within: Case): Counterfeit | null {
  if (before.status === 'consumed') return 'CHANGE_FORBIDDEN';
  if (record.status !== 'consumed') return null;
  const hasSuccessor = within
    .ofType('Holding')
    .some((each) => each.before === null && each.record.parent === record.id);
  return hasSuccessor ? null : 'CHANGE_FORBIDDEN';
}
