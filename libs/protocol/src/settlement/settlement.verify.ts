import { commitCut, hashParts } from '@tallystick/crypto';
import { opensAmount } from '../certificate/certificate.verify';
import type {
  PageLine,
  PageOpening,
  PageRecord,
  PaymentOpening,
  SettlementOpening,
  SettlementOrder,
} from './settlement.records';

/** Null fen and salt mean "not yet". */
const opened = (fen: string | null, salt: string | null): { fen: string; salt: string } | null =>
  fen === null || salt === null ? null : { fen, salt };

/** An amount without its salt claims what no commitment can confirm. */
const whole = (fen: string | null, salt: string | null): boolean => (fen === null) === (salt === null);

/** Whether an opening is of this settlement: what is meant to be paid and, once funded, what was received on what. */
export function verifySettlementOpening(record: SettlementOrder, opening: SettlementOpening): boolean {
  const recordId = record.id;
  return (
    opening.order === recordId &&
    whole(opening.principalFen, opening.principalSalt) &&
    whole(opening.interestFen, opening.interestSalt) &&
    whole(opening.outstandingFen, opening.outstandingSalt) &&
    opensAmount(record.amount, opened(opening.amountFen, opening.amountSalt), { recordId, label: 'amount' }) &&
    opensAmount(record.principal, opened(opening.principalFen, opening.principalSalt), {
      recordId,
      label: 'principal',
    }) &&
    opensAmount(record.interest, opened(opening.interestFen, opening.interestSalt), { recordId, label: 'interest' }) &&
    opensAmount(record.outstanding, opened(opening.outstandingFen, opening.outstandingSalt), {
      recordId,
      label: 'outstanding',
    })
  );
}

/** Whether an opening is of this page of a settlement of `certificateId`: running total, last cut and each line's share. */
export function verifyPageOpening(record: PageRecord, opening: PageOpening, certificateId: string): boolean {
  return (
    opening.order === record.order &&
    opening.page === record.page &&
    commitCut({ certificateId, position: BigInt(opening.cutToFen), salt: opening.cutToSalt }) === record.cutTo &&
    opensAmount(record.runningTo, opened(opening.runningFen, opening.runningSalt), {
      recordId: record.order,
      label: `running:${record.page}`,
    }) &&
    opening.lines.length === record.lines.length &&
    record.lines.every((line, index) => {
      const shown = opening.lines[index];
      return shown !== undefined && opensLine(record.order, line, shown);
    })
  );
}

/** Whether an opening is of one line of this page. */
export function verifyPaymentOpening(record: PageRecord, opening: PaymentOpening): boolean {
  const line = record.lines.find(({ holding }) => holding === opening.holding);
  const isOfPage = opening.order === record.order && opening.page === record.page;
  return isOfPage && line !== undefined && opensLine(record.order, line, opening);
}

function opensLine(order: string, line: PageLine, shown: PageOpening['lines'][number]): boolean {
  const recordId = line.holding;
  return (
    shown.holding === recordId &&
    opensAmount(line.payout, opened(shown.payoutFen, shown.payoutSalt), { recordId, label: `payout:${order}` }) &&
    opensAmount(line.interest, opened(shown.interestFen, shown.interestSalt), { recordId, label: `interest:${order}` })
  );
}

/** Salt of a commitment that `settlement.allocate` makes: derived from the signed seed, so that endorsers agree. */
export const pageSalt = (seed: string, label: string): string => hashParts('tallystick/page-salt/1', seed, label);
