import { cny, type CertificateForm } from '@tallystick/client';
import { addDays, formatAmount, parseAmount } from '@tallystick/domain';
import { FIRMS, type FirmName } from './firms';
import type { Days } from './days';
import type { PlannedCertificate } from './plan';

/** Goods leave the works some days before the certificate is issued, the invoice follows a day later. */
const DELIVERED_BEFORE = 6;
const VAT_PERCENT = 13n;

/** Total of an invoice with tax, from the price before tax; half-up to the cent. */
export function withTax(net: string): string {
  const fen = parseAmount(net);
  return formatAmount(fen + (fen * VAT_PERCENT + 50n) / 100n);
}

/** A fully digital invoice's number: year, region, channel, and a running number; 20 digits. */
function invoiceNo(creditor: FirmName, date: string, serial: number): string {
  return `${date.slice(2, 4)}${FIRMS[creditor].uscc.slice(2, 4)}2${String(serial * 7919).padStart(15, '0')}`;
}

/** The form that issues a planned certificate, with the invoices of its trade. `index` is its place in the plan. */
export function certificateForm(
  planned: PlannedCertificate,
  { line, days, index }: { line: string; days: Days; index: number },
): CertificateForm {
  const issued = days.on(planned.issued);
  const deliveredOn = addDays(issued, -DELIVERED_BEFORE);
  const date = addDays(deliveredOn, 1);
  return {
    line,
    creditor: FIRMS[planned.creditor].uscc,
    dueDate: days.due(planned),
    contractNo: `HT-${issued.slice(0, 4)}-${String(1000 + index * 7)}`,
    note: planned.goods,
    invoices: planned.nets.map((net, place) => ({
      number: invoiceNo(planned.creditor, date, 1000 + index * 10 + place),
      date,
      grossAmount: cny(withTax(net)),
      amount: cny(withTax(net)),
      deliveredOn,
    })),
  };
}

/** The trade behind a hop (77号): a supplier's own purchase from the next one. */
export function backgroundOf(receiver: FirmName, date: string, serial: number) {
  const contractNo = `CG-${date.slice(0, 4)}-${String(5000 + serial * 3)}`;
  return { contractNo, invoiceNo: invoiceNo(receiver, date, 5000 + serial), note: '' };
}
