/** What a person fills in to pass parts of a holding on, as typed. */
import { formatAmount } from '@tallystick/domain';
import { moneyOf } from '../money/money';
import { readTypedAmount } from '../money/typed-amount';

export interface ReceiverDraft {
  /** Of the form's row. */
  key: string;
  member: string;
  amount: string;
  contractNo: string;
  invoiceNo: string;
  note: string;
}

export const emptyReceiver = (key: string): ReceiverDraft => ({
  key,
  member: '',
  amount: '',
  contractNo: '',
  invoiceNo: '',
  note: '',
});

/** What a row gives in fen; 0 while it cannot be read. */
export function givenFen({ amount }: Pick<ReceiverDraft, 'amount'>): bigint {
  const read = readTypedAmount(amount);
  return read.ok ? read.fen : 0n;
}

/** What the sender keeps; negative when more is given than there is. */
export function remainderFen(totalFen: bigint, receivers: readonly ReceiverDraft[]): bigint {
  return receivers.reduce((left, receiver) => left - givenFen(receiver), totalFen);
}

export type ReceiverComplaint = 'member' | 'amount' | 'contractNo' | 'tooMuch';

/** What is missing, by field path as the gateway names it. */
export function complaintsOf(totalFen: bigint, receivers: readonly ReceiverDraft[]): Record<string, ReceiverComplaint> {
  const found: Record<string, ReceiverComplaint> = {};
  for (const [index, receiver] of receivers.entries()) {
    const at = `receivers.${String(index)}`;
    if (receiver.member === '') found[`${at}.member`] = 'member';
    if (givenFen(receiver) === 0n) found[`${at}.amount`] = 'amount';
    if (receiver.contractNo.trim() === '') found[`${at}.background.contractNo`] = 'contractNo';
  }
  if (remainderFen(totalFen, receivers) < 0n) found[`receivers.${String(receivers.length - 1)}.amount`] = 'tooMuch';
  return found;
}

/** The body of `POST /holdings/:id/transfers`; only for rows without complaints. */
export function formOf(receivers: readonly ReceiverDraft[]) {
  return {
    receivers: receivers.map((receiver) => ({
      member: receiver.member,
      amount: moneyOf(givenFen(receiver)),
      background: {
        contractNo: receiver.contractNo.trim(),
        invoiceNo: receiver.invoiceNo.trim(),
        note: receiver.note.trim(),
      },
    })),
  };
}

/** An amount as the field shows it while it is edited on the strip. */
export const typedOf = (fen: bigint): string => formatAmount(fen);
