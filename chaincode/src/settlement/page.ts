import { commitAmount } from '@tallystick/crypto';
import type { PageProgress, PayoutLine } from '@tallystick/domain';
import {
  pageSalt,
  type HoldingOpening,
  type HoldingRecord,
  type PageOpening,
  type PageRecord,
} from '@tallystick/protocol';

/** A holding with its computed share of a payment. */
export interface Share extends PayoutLine {
  record: HoldingRecord;
  opening: HoldingOpening;
}

/** A page as it is computed: its place, its shares in order of position, and the signed seed of its salts. */
export interface ComputedPage {
  order: string;
  page: number;
  progress: PageProgress;
  last: boolean;
  shares: readonly Share[];
  seed: string;
}

/** Clear values of a page. */
export function pageOpening({ order, page, progress, shares, seed }: ComputedPage): PageOpening {
  const end = lastOf(shares).opening;
  return {
    order,
    page,
    runningFen: String(progress.runningFen),
    runningSalt: pageSalt(seed, 'running'),
    cutToFen: end.hi,
    cutToSalt: end.hiSalt,
    lines: shares.map(({ record, payoutFen, interestFen }) => ({
      holding: record.id,
      payoutFen: String(payoutFen),
      payoutSalt: pageSalt(seed, `payout:${record.id}`),
      interestFen: String(interestFen),
      interestSalt: pageSalt(seed, `interest:${record.id}`),
    })),
  };
}

/** The public record of a page: commitments to what its opening says. A share of nothing needs no payment. */
export function pageRecord({ order, page, progress, last, shares, seed }: ComputedPage): PageRecord {
  const commit = (recordId: string, label: string, fen: bigint, saltLabel: string): string =>
    commitAmount({ recordId, label, fen, salt: pageSalt(seed, saltLabel) });
  return {
    schema: 1,
    order,
    page,
    runningTo: commit(order, `running:${page}`, progress.runningFen, 'running'),
    cutTo: lastOf(shares).record.hi,
    last,
    lines: shares.map(({ record: { id }, payoutFen, interestFen, redeemed }) => ({
      holding: id,
      payout: commit(id, `payout:${order}`, payoutFen, `payout:${id}`),
      interest: commit(id, `interest:${order}`, interestFen, `interest:${id}`),
      redeems: redeemed && payoutFen > 0n,
      state: payoutFen + interestFen === 0n ? 'credited' : 'instructed',
      reference: null,
    })),
  };
}

/** Opening of a holding after its share of the principal. */
export function paidOpening({ opening, paidFen }: Share, seed: string): HoldingOpening {
  return { ...opening, paid: { fen: String(paidFen), salt: pageSalt(seed, `paid:${opening.holding}`) } };
}

/** Whether every payout of a page reached its holder. */
export const isCredited = ({ lines }: Pick<PageRecord, 'lines'>): boolean =>
  lines.every(({ state }) => state === 'credited');

function lastOf(shares: readonly Share[]): Share {
  const last = shares.at(-1);
  if (last === undefined) throw new Error('a page without holdings');
  return last;
}
