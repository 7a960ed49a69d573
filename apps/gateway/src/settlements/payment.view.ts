import type { CertificateRecord, PaymentOpening, RecordOf } from '@tallystick/protocol';
import { certificateNo } from '@tallystick/protocol';
import { z } from 'zod';
import { moneyOf, MoneyShape, PartyShape } from '../read-model/shapes';
import type { Filter, View } from '../read-model/view';

/** Money on its way to a payee, or to all payees of a certificate, out of one settlement. */
export const PaymentShape = z.strictObject({
  id: z.string(),
  direction: z.enum(['in', 'out']),
  settlement: z.string(),
  certificate: z.strictObject({ id: z.string(), no: z.string(), issuer: PartyShape }),
  holding: z.string().nullable(),
  principal: MoneyShape.nullable(),
  interest: MoneyShape.nullable(),
  paidOn: z.string().nullable(),
  state: z.enum(['instructed', 'credited', 'returned']),
  reference: z.string().nullable(),
});
export type PaymentShape = z.infer<typeof PaymentShape>;

interface Row {
  ref: string;
  opening: PaymentOpening | null;
}

const MOST = 500;

/** Payments received by the caller's member, newest first; `filter` is over `s` (sight) and `o` (opening). */
export async function presentPayments(view: View, { where, values }: Filter): Promise<PaymentShape[]> {
  const { org, member } = view.caller;
  let next = 3;
  const conditions = where.map((condition) => condition.replace(/\?/g, () => `$${String(next++)}`));
  const rows: Row[] = await view.manager.query(
    `SELECT s.ref, o.body AS opening FROM sight s LEFT JOIN opening o ON o.org = s.org AND o.ref = s.ref
     WHERE ${['s.org = $1', 's.member = $2', `s.type = 'Payment'`, ...conditions].join(' AND ')}
     ORDER BY s.sort DESC, s.ref LIMIT ${String(MOST)}`,
    [org, member, ...values],
  );
  const named = rows.map((row) => ({ ...row, parts: row.ref.split('/').slice(1) as [string, string, string] }));
  const orders = await view.records(
    'Order',
    named.map(({ parts: [order] }) => order),
  );
  const pages = await view.records(
    'Page',
    named.map(({ parts: [order, page] }) => `${order}/${page}`),
  );
  const certificates = await view.records(
    'Certificate',
    [...orders.values()].map(({ certificate }) => certificate),
  );
  const party = await view.parties([...certificates.values()].map(({ public: { issuer } }) => issuer));
  return named.flatMap(({ opening, parts: [order, page, holding] }) => {
    const settlement = orders.get(order);
    const line = pages.get(`${order}/${page}`)?.lines.find((each) => each.holding === holding);
    const certificate = settlement === undefined ? undefined : certificates.get(settlement.certificate);
    if (settlement?.kind !== 'settlement' || line === undefined || certificate === undefined) return [];
    return [present({ settlement, certificate, line, page, opening }, party)];
  });
}

function present(
  {
    settlement,
    certificate,
    line,
    page,
    opening,
  }: {
    settlement: Extract<RecordOf<'Order'>, { kind: 'settlement' }>;
    certificate: CertificateRecord;
    line: RecordOf<'Page'>['lines'][number];
    page: string;
    opening: PaymentOpening | null;
  },
  party: (id: string) => PaymentShape['certificate']['issuer'],
): PaymentShape {
  const { id, issuedOn, issuer } = certificate.public;
  return {
    id: `${settlement.id}/${page}/${line.holding}`,
    direction: 'in',
    settlement: settlement.id,
    certificate: { id, no: certificateNo(issuedOn, id), issuer: party(issuer) },
    holding: line.holding,
    principal: moneyOf(opening?.payoutFen),
    interest: moneyOf(opening?.interestFen),
    paidOn: settlement.paidOn,
    state: line.state,
    reference: line.reference,
  };
}
