import type { RecordOf } from '@tallystick/protocol';
import type { Case, Check, Counterfeit, Written } from './check';

/**
 * A new holding: its parent was consumed in this very transaction and the cuts of all the parent's children chain from
 * end to end; or it is the first holding and repeats its certificate's cuts (`ledger.md` §1, §3.3).
 */
export const checkHolding: Check<'Holding'> = async ({ record }, within) => {
  if (record.status !== 'live' || record.spentBy !== null) return 'CUTS_DO_NOT_CHAIN';
  if (within.written('Instruction', record.madeBy) === null) return 'INSTRUCTION_MISSING';
  const certificate = await within.mirror.find('Certificate', record.certificate);
  if (certificate === null) return 'CERTIFICATE_UNKNOWN';
  if (certificate.counterfeit !== null) return 'PARENT_COUNTERFEIT';
  return record.parent === null ? checkFirst(record, within) : checkChild(record, record.parent, within);
};

function checkFirst(record: RecordOf<'Holding'>, within: Case): Counterfeit | null {
  const certificate = within.written('Certificate', record.certificate);
  const accepted = certificate?.before?.record.status === 'offered' && certificate.record.status === 'active';
  if (!accepted) return 'FIRST_HOLDING_MISMATCH';
  const { lo, hi } = certificate.record.public;
  const alone = childrenOf(null, record.certificate, within).length === 1;
  return alone && record.lo === lo && record.hi === hi && record.paid === null ? null : 'FIRST_HOLDING_MISMATCH';
}

function checkChild(record: RecordOf<'Holding'>, parentId: string, within: Case): Counterfeit | null {
  const parent = within.written('Holding', parentId);
  const before = parent?.before;
  if (!parent || !before) return 'PARENT_NOT_CONSUMED';
  if (before.counterfeit !== null) return 'PARENT_COUNTERFEIT';
  const consumed = before.record.status === 'live' && parent.record.status === 'consumed';
  if (!consumed || parent.record.certificate !== record.certificate) return 'PARENT_NOT_CONSUMED';
  const children = childrenOf(parentId, record.certificate, within);
  return chains(before.record, children) ? null : 'CUTS_DO_NOT_CHAIN';
}

function childrenOf(parent: string | null, certificate: string, within: Case): RecordOf<'Holding'>[] {
  return within
    .ofType('Holding')
    .filter(
      ({ before, record }: Written<'Holding'>) =>
        before === null && record.parent === parent && record.certificate === certificate,
    )
    .map(({ record }) => record);
}

/** Whether the pieces lead from the whole's first cut to its last, each used once: no gap and no overlap. */
function chains(whole: { lo: string; hi: string }, pieces: readonly { lo: string; hi: string }[]): boolean {
  const next = new Map(pieces.map((piece) => [piece.lo, piece.hi]));
  if (next.size !== pieces.length) return false;
  let at = whole.lo;
  for (let step = 0; step < pieces.length; step++) {
    const to = next.get(at);
    if (to === undefined) return false;
    at = to;
  }
  return at === whole.hi;
}
