/** What a person fills in to issue a certificate, as typed, and what is asked of the gateway for it. */
import { parseAmount } from '@tallystick/domain';
import type { Money } from '../../api/types';
import { moneyOf } from '../../money/money';
import { readTypedAmount } from '../../money/typed-amount';

export interface InvoiceDraft {
  /** Of the form's row, not of the invoice. */
  key: string;
  number: string;
  date: string;
  grossAmount: string;
  amount: string;
  deliveredOn: string;
}

export interface IssueDraft {
  creditor: string;
  contractNo: string;
  invoices: readonly InvoiceDraft[];
  line: string;
  dueDate: string;
  note: string;
  longTenorReason: string;
}

/** What the gateway found in an invoice file (`POST /invoice-files`). */
export interface ReadInvoiceFile {
  form: {
    creditor?: string;
    dueDate?: string;
    contractNo?: string;
    note?: string;
    invoices: { number?: string; date?: string; grossAmount?: Money; amount?: Money; deliveredOn?: string }[];
  };
  found: string[];
  notices: { code: string; field: string; message: string }[];
}

export const emptyInvoice = (key: string): InvoiceDraft => ({
  key,
  number: '',
  date: '',
  grossAmount: '',
  amount: '',
  deliveredOn: '',
});

export const emptyDraft = (key: string): IssueDraft => ({
  creditor: '',
  contractNo: '',
  invoices: [emptyInvoice(key)],
  line: '',
  dueDate: '',
  note: '',
  longTenorReason: '',
});

/**
 * Takes over what a file says. What it does not say stays as typed; its invoices come after those already filled in.
 * @param keyOf a key for the n-th new row
 */
export function takeOver(draft: IssueDraft, { form }: ReadInvoiceFile, keyOf: (index: number) => string): IssueDraft {
  const added = form.invoices.map((invoice, index): InvoiceDraft => ({
    key: keyOf(index),
    number: invoice.number ?? '',
    date: invoice.date ?? '',
    grossAmount: invoice.grossAmount?.amount ?? '',
    amount: invoice.amount?.amount ?? '',
    deliveredOn: invoice.deliveredOn ?? '',
  }));
  const kept = draft.invoices.filter(({ key: _key, ...values }) => Object.values(values).some((value) => value !== ''));
  const invoices = [...kept, ...added];
  return {
    ...draft,
    creditor: form.creditor ?? draft.creditor,
    dueDate: form.dueDate ?? draft.dueDate,
    contractNo: form.contractNo ?? draft.contractNo,
    note: form.note ?? draft.note,
    invoices: invoices.length === 0 ? draft.invoices : invoices,
  };
}

/** The face in fen: the sum of what is claimed of the invoices, as far as it can be read. */
export function faceFen({ invoices }: Pick<IssueDraft, 'invoices'>): bigint {
  return invoices.reduce((sum, { amount }) => {
    const read = readTypedAmount(amount);
    return read.ok ? sum + read.fen : sum;
  }, 0n);
}

export type Complaint =
  | 'creditor'
  | 'contractNo'
  | 'number'
  | 'date'
  | 'amount'
  | 'tooMuch'
  | 'line'
  | 'dueDate'
  | 'longTenorReason'
  | 'tooMuchForLine';

/** What is missing for the first step, by field path as the gateway names it. */
export function tradeComplaints({ creditor, contractNo, invoices }: IssueDraft): Record<string, Complaint> {
  const found: Record<string, Complaint> = {};
  if (creditor === '') found['creditor'] = 'creditor';
  if (contractNo.trim() === '') found['contractNo'] = 'contractNo';
  for (const [index, invoice] of invoices.entries()) {
    const at = `invoices.${String(index)}`;
    const gross = readTypedAmount(invoice.grossAmount);
    const amount = readTypedAmount(invoice.amount);
    if (invoice.number.trim() === '') found[`${at}.number`] = 'number';
    if (invoice.date === '') found[`${at}.date`] = 'date';
    if (invoice.deliveredOn === '') found[`${at}.deliveredOn`] = 'date';
    if (!gross.ok) found[`${at}.grossAmount`] = 'amount';
    if (!amount.ok) found[`${at}.amount`] = 'amount';
    if (gross.ok && amount.ok && amount.fen > gross.fen) found[`${at}.amount`] = 'tooMuch';
  }
  return found;
}

/**
 * What is missing for the second step.
 * @param bounds today; the last due date without a reason; what the chosen line has left, if known, in fen
 */
export function termsComplaints(
  draft: IssueDraft,
  bounds: { today: string; latest: string; availableFen: bigint | undefined },
): Record<string, Complaint> {
  const found: Record<string, Complaint> = {};
  if (draft.line === '') found['line'] = 'line';
  else if (bounds.availableFen !== undefined && faceFen(draft) > bounds.availableFen) found['line'] = 'tooMuchForLine';
  if (draft.dueDate === '' || draft.dueDate <= bounds.today) found['dueDate'] = 'dueDate';
  if (draft.dueDate > bounds.latest && draft.longTenorReason.trim() === '')
    found['longTenorReason'] = 'longTenorReason';
  return found;
}

/** The body of `POST /certificates`; only for a draft without complaints. @param latest as in {@link termsComplaints} */
export function formOf(
  { creditor, contractNo, invoices, line, dueDate, note, longTenorReason }: IssueDraft,
  latest: string,
) {
  const money = (typed: string): Money => {
    const read = readTypedAmount(typed);
    return moneyOf(read.ok ? read.fen : parseAmount('0'));
  };
  return {
    line,
    creditor,
    dueDate,
    invoices: invoices.map((invoice) => ({
      number: invoice.number.trim(),
      date: invoice.date,
      grossAmount: money(invoice.grossAmount),
      amount: money(invoice.amount),
      deliveredOn: invoice.deliveredOn,
    })),
    contractNo: contractNo.trim(),
    note: note.trim(),
    ...(dueDate > latest && { longTenorReason: longTenorReason.trim() }),
  };
}

/** Which step of the form a field stands in. */
export const stepOf = (path: string): 0 | 1 => (/^(creditor|contractNo|invoices)\b/.test(path) ? 0 : 1);
