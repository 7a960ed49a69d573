import { formatAmount, isAmount, isIsoDate, parseAmount, type Language } from '@tallystick/domain';
import { notice, type Notice } from './notices';
import type { InvoiceParty, UblInvoice } from './ubl-invoice';

/** A member as far as matching an invoice's parties needs it. */
export interface KnownParty {
  id: string;
  name: string;
}

interface Money {
  amount: string;
  currency: 'CNY';
}

/** The part of the issue form that an invoice file can fill. */
export interface PartialIssueForm {
  creditor?: string;
  dueDate?: string;
  contractNo?: string;
  note?: string;
  invoices: { number?: string; date?: string; grossAmount?: Money; amount?: Money; deliveredOn?: string }[];
}

export interface ReadInvoice {
  form: PartialIssueForm;
  /** Paths of the form that were filled. */
  found: string[];
  notices: Notice[];
}

/**
 * Fills the issue form from an invoice; what cannot be taken over is told in a notice.
 * @param match finds the member that an invoice's party is, by its identifiers
 */
export function fillIssueForm(
  invoice: UblInvoice,
  reader: { member: string; language: Language },
  match: (party: InvoiceParty) => KnownParty | undefined,
): ReadInvoice {
  const notices: Notice[] = [];
  const tell = (...[code, field, facts]: [Notice['code'], string, { value?: string; currency?: string }?]) =>
    notices.push(notice(code, field, reader.language, facts));

  const seller = match(invoice.seller);
  if (seller === undefined) tell('SELLER_NOT_MEMBER', 'creditor', { value: shownParty(invoice.seller) });
  const buyer = match(invoice.buyer);
  if (buyer === undefined) tell('BUYER_NOT_MEMBER', 'issuer', { value: shownParty(invoice.buyer) });
  else if (buyer.id !== reader.member) tell('BUYER_IS_ANOTHER', 'issuer', { value: buyer.name });

  const date = (value: string | undefined, field: string): string | undefined => {
    if (value === undefined || isIsoDate(value)) return value;
    tell('DATE_UNREADABLE', field, { value });
    return undefined;
  };
  const amount = (value: string | undefined, field: string): Money | undefined => {
    if (value === undefined) tell('AMOUNT_MISSING', field);
    else if (value.startsWith('-')) tell('NEGATIVE_AMOUNT', field, { value });
    else if (!isAmount(value)) tell('AMOUNT_UNREADABLE', field, { value });
    else if (invoice.currency === 'CNY') return { amount: formatAmount(parseAmount(value)), currency: 'CNY' };
    return undefined;
  };
  const short = (value: string | undefined, longest: number): string | undefined =>
    value === undefined || value.length <= longest ? value : undefined;

  if (invoice.currency !== 'CNY') {
    const [currency, value] = [invoice.currency ?? '?', invoice.payableAmount ?? '?'];
    tell('OTHER_CURRENCY', 'invoices.0.amount', { currency, value });
  }
  const dueDate = date(invoice.dueDate, 'dueDate');
  if (invoice.dueDate === undefined) tell('DUE_DATE_MISSING', 'dueDate');

  const form: PartialIssueForm = {
    ...given('creditor', seller?.id),
    ...given('dueDate', dueDate),
    ...given('contractNo', short(invoice.contractNo, 60)),
    ...given('note', invoice.note?.slice(0, 500)),
    invoices: [],
  };
  if (invoice.kind === 'creditNote') {
    tell('CREDIT_NOTE', 'invoices.0', {});
  } else {
    if (invoice.number === undefined) tell('NUMBER_MISSING', 'invoices.0.number');
    else if (invoice.number.length > 60) tell('NUMBER_TOO_LONG', 'invoices.0.number', { value: invoice.number });
    if (invoice.deliveredOn === undefined) tell('DELIVERY_DATE_MISSING', 'invoices.0.deliveredOn');
    form.invoices.push({
      ...given('number', short(invoice.number, 60)),
      ...given('date', date(invoice.date, 'invoices.0.date')),
      ...given('deliveredOn', date(invoice.deliveredOn, 'invoices.0.deliveredOn')),
      ...given('grossAmount', amount(invoice.grossAmount ?? invoice.payableAmount, 'invoices.0.grossAmount')),
      ...given('amount', amount(invoice.payableAmount, 'invoices.0.amount')),
    });
  }
  return { form, found: paths(form), notices };
}

const shownParty = (party: InvoiceParty): string => [party.name, party.ids[0]].filter(Boolean).join(' ');

function given<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

function paths({ invoices, ...top }: PartialIssueForm): string[] {
  return [
    ...Object.keys(top),
    ...invoices.flatMap((one, index) => Object.keys(one).map((key) => `invoices.${String(index)}.${key}`)),
  ];
}
