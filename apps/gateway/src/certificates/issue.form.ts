import { Money } from '@tallystick/protocol';
import { z } from 'zod';
import { DateField, HashField, MemberField, NoteField } from '../operations/form-fields';
import { PositiveMoney } from '../operations/money';

const InvoiceForm = z.strictObject({
  number: z.string().trim().min(1).max(60),
  date: DateField,
  /** Total with tax. */
  grossAmount: PositiveMoney,
  /** What this certificate claims of it. */
  amount: PositiveMoney,
  deliveredOn: DateField,
});

/** One certificate to issue; its face is the sum of what it claims of its invoices. */
export const CertificateForm = z.strictObject({
  line: HashField,
  creditor: MemberField,
  dueDate: DateField,
  invoices: z.array(InvoiceForm).min(1).max(20),
  contractNo: z.string().trim().min(1).max(60),
  note: NoteField,
  longTenorReason: z.string().trim().min(1).max(500).nullish(),
});
export type CertificateForm = z.output<typeof CertificateForm>;

/** One certificate, or up to fifty. */
export const IssueForm = z.union([
  z.strictObject({ certificates: z.array(CertificateForm).min(1).max(50) }),
  CertificateForm,
]);

/** `POST /certificates/:id/settlements`: everything owed when no amount is given. */
export const SettlementForm = z.strictObject({ amount: Money.optional() });
