import { checkAuthority } from './authority';
import { checkCertificate } from './certificate.check';
import { checkChange } from './change.check';
import type { Case, Counterfeit, Written } from './check';
import { checkHolding } from './holding.check';
import { checkMember, type Rosters } from './member.check';
import { checkMemberAct } from './member-act.check';
import { checkOrder, checkUnderOrder } from './order.check';

export * from './check';
export { Rosters } from './member.check';

/** Everyone checks everyone: why the reader does not believe what a transaction writes under one key, or null (`ledger.md` §3.3). */
export async function checkWritten(written: Written, within: Case, rosters: Rosters): Promise<Counterfeit | null> {
  if (!namesItself(written)) return 'KEY_MISMATCH';
  if (written.type === 'Member') {
    const fault = (await checkMember(written, within, rosters)) ?? (await checkMemberAct(written, within));
    if (fault !== null) return fault;
  }
  if (written.before !== null) {
    return (written.before.counterfeit as Counterfeit | null) ?? checkChange(written, written.before, within);
  }
  if (written.type === 'Genesis' && within.genesis !== written.record) return 'SECOND_GENESIS';
  return (await checkNew(written, within)) ?? checkAuthority(written, within);
}

async function checkNew(written: Written, within: Case): Promise<Counterfeit | null> {
  switch (written.type) {
    case 'Holding':
      return checkHolding(written, within);
    case 'Certificate':
      return checkCertificate(written, within);
    case 'Order':
      return checkOrder(written, within);
    case 'Invitation':
    case 'Quote':
    case 'Agreement':
    case 'Page':
      return checkUnderOrder(written.record.order, within);
    default:
      return null;
  }
}

/** Whether a record says the id under which it stands. */
function namesItself({ ref, type, record }: Written): boolean {
  const id = ref.slice(type.length + 1);
  switch (type) {
    case 'Certificate':
      return record.public.id === id;
    case 'Page':
      return `${record.order}/${String(record.page)}` === id;
    case 'Agreement':
      return record.order === id;
    case 'MemberAct':
      return record.member === id;
    case 'Roster':
      return record.host === id;
    case 'Occupancy':
      return record.fingerprint === id;
    case 'Standing':
      return record.issuer === id;
    case 'Genesis':
    case 'Clock':
    case 'Schedule':
      return id === '';
    case 'Instruction':
    case 'Flag':
      return id !== '';
    default:
      return record.id === id;
  }
}
