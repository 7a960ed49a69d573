import {
  amountInWords,
  certificatePhase,
  decideAccept,
  decideDecline,
  decidePrepare,
  decideWithdraw,
  lateInterestFen,
  businessDateOf,
  paymentTermWarning,
  rolledDueDate,
  type RulePack,
} from '@tallystick/domain';
import { certificateNo, opensAmount, type CertificateOpening, type CertificateRecord } from '@tallystick/protocol';
import { z } from 'zod';
import { permission } from '../read-model/permission';
import { Counterfeit, money, MoneyShape, OpeningState, PartyShape, PermissionShape } from '../read-model/shapes';
import { certificateView, faceFen } from '../read-model/trade-views';
import { openingState, type Seen, type View } from '../read-model/view';

export const CERTIFICATE_PHASES = [
  'offered',
  'active',
  'lapsed',
  'due',
  'overdue',
  'partPaid',
  'paid',
  'settled',
  'declined',
  'withdrawn',
  'defaulted',
] as const;

const Invoice = z.strictObject({
  number: z.string(),
  date: z.string(),
  sellerUscc: z.string(),
  grossAmount: MoneyShape,
  amount: MoneyShape,
  deliveredOn: z.string(),
});

/** A certificate as lists show it. What the reader may not see, or has no clear values of, is absent. */
export const CertificateShort = z.strictObject({
  id: z.string(),
  no: z.string(),
  issuer: PartyShape,
  firstCreditor: PartyShape.optional(),
  face: MoneyShape.optional(),
  issuedOn: z.string(),
  dueDate: z.string(),
  rolledDueDate: z.string(),
  acceptBy: z.string(),
  state: z.enum(['offered', 'active', 'declined', 'withdrawn', 'settled']),
  phase: z.enum(CERTIFICATE_PHASES),
  paid: MoneyShape.optional(),
  outstanding: MoneyShape.optional(),
  lateInterest: MoneyShape.optional(),
  roles: z.array(z.string()),
  opening: OpeningState,
  counterfeit: Counterfeit,
  can: z.strictObject({
    accept: PermissionShape,
    decline: PermissionShape,
    withdraw: PermissionShape,
    settle: PermissionShape,
  }),
});
export type CertificateShort = z.infer<typeof CertificateShort>;

/** What only the certificate's own page shows besides. */
export const CertificateTermsShape = z.strictObject({
  faceInWords: z.strictObject({ zh: z.string() }),
  invoices: z.array(Invoice),
  contractNo: z.string(),
  note: z.string(),
  longTenorReason: z.string().nullable(),
  latePpmPerDay: z.int(),
  warnings: z.array(
    z.strictObject({ code: z.string(), deliveredOn: z.string(), lastDay: z.string(), rule: z.string() }),
  ),
});

export type SeenCertificate = Seen<'Certificate', CertificateOpening>;

/** Amounts that follow from a certificate's opening, while it is of the present state. */
export function owed(record: CertificateRecord, opening: CertificateOpening, now: string, rules: RulePack) {
  const face = faceFen(opening);
  const paid = BigInt(opening.paid?.fen ?? '0');
  const outstanding = face - paid;
  const terms = { dueDate: record.public.dueDate, latePpmPerDay: opening.terms.latePpmPerDay };
  const checkpoint = { lateFrom: record.lateFrom, carriedFen: BigInt(opening.carried?.fen ?? '0') };
  const late =
    record.status === 'active' && !record.paidInFull
      ? lateInterestFen(terms, checkpoint, outstanding, businessDateOf(now), rules)
      : 0n;
  return { face, paid, outstanding, late };
}

/** Whether the amounts of an opening are those of the record now; its terms never change. */
export function isCurrent(record: CertificateRecord, opening: CertificateOpening): boolean {
  const recordId = record.public.id;
  return (
    opensAmount(record.paid, opening.paid, { recordId, label: 'paid' }) &&
    opensAmount(record.carried, opening.carried, { recordId, label: 'carried' })
  );
}

export async function presentCertificates(view: View, rows: readonly SeenCertificate[]): Promise<CertificateShort[]> {
  const party = await view.parties(
    rows.flatMap(({ record, opening }) => [record.public.issuer, opening?.terms.firstCreditor]),
  );
  const shown: CertificateShort[] = [];
  for (const row of rows) shown.push(present(view, row, await view.rulesOf(row.record), party));
  return shown;
}

function present(
  view: View,
  row: SeenCertificate,
  rules: RulePack,
  party: (id: string) => CertificateShort['issuer'],
): CertificateShort {
  const { record, opening } = row;
  const { id, issuer, issuedOn, dueDate, acceptBy } = record.public;
  const state = openingState(opening, (each) => isCurrent(record, each));
  const amounts = opening !== null && state === 'present' ? owed(record, opening, view.now, rules) : null;
  const phase = certificatePhase(certificateView(record), view.now, rules);
  const isPartPaid = (phase === 'active' || phase === 'due') && record.paid !== null;
  return {
    id,
    no: certificateNo(issuedOn, id),
    issuer: party(issuer),
    ...(opening !== null && { firstCreditor: party(opening.terms.firstCreditor), face: money(faceFen(opening)) }),
    issuedOn,
    dueDate,
    rolledDueDate: rolledDueDate(dueDate, rules),
    acceptBy,
    state: record.status,
    phase: isPartPaid ? 'partPaid' : phase,
    ...(amounts !== null && {
      paid: money(amounts.paid),
      outstanding: money(amounts.outstanding),
      lateInterest: money(amounts.late),
    }),
    roles: row.roles,
    opening: state,
    counterfeit: row.counterfeit,
    can: can(view, row, rules, amounts),
  };
}

function can(
  { caller, now }: View,
  { record, opening, counterfeit }: SeenCertificate,
  rules: RulePack,
  amounts: ReturnType<typeof owed> | null,
): CertificateShort['can'] {
  const certificate = certificateView(record);
  const creditor = { caller: caller.member, entitled: opening?.terms.firstCreditor ?? '' };
  const issuer = { caller: caller.member, entitled: record.public.issuer };
  const sum = amounts === null ? 1n : amounts.outstanding + amounts.late;
  const command = { caller: caller.member, issuer: record.public.issuer, amountFen: sum };
  return {
    accept: permission(caller, ['maker'], counterfeit, () => decideAccept(certificate, creditor, now)),
    decline: permission(caller, ['maker'], counterfeit, () => decideDecline(certificate, creditor, now)),
    withdraw: permission(caller, ['maker'], counterfeit, () => decideWithdraw(certificate, issuer, now)),
    settle: permission(caller, ['maker'], counterfeit, () =>
      decidePrepare(certificate, command, amounts?.outstanding ?? 1n, now, rules),
    ),
  };
}

/** The terms in clear, for who has them. */
export function presentTerms(
  opening: CertificateOpening,
  dueDate: string,
  rules: RulePack,
): z.infer<typeof CertificateTermsShape> {
  const { terms } = opening;
  const warnings = terms.invoices
    .map(({ deliveredOn }) => paymentTermWarning(deliveredOn, dueDate, rules))
    .filter((warning) => warning !== null);
  return {
    faceInWords: { zh: amountInWords(BigInt(terms.faceFen)) },
    invoices: terms.invoices.map(({ number, date, sellerUscc, grossFen, amountFen, deliveredOn }) => ({
      number,
      date,
      sellerUscc,
      grossAmount: money(BigInt(grossFen)),
      amount: money(BigInt(amountFen)),
      deliveredOn,
    })),
    contractNo: terms.contractNo,
    note: terms.note,
    longTenorReason: terms.longTenorReason,
    latePpmPerDay: terms.latePpmPerDay,
    warnings,
  };
}
