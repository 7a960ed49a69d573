import type { CertificateOpening, HoldingOpening, OrderOf, PageOpening, SettlementOpening } from '@tallystick/protocol';
import { z } from 'zod';
import { CertificateShort, presentCertificates } from '../certificates/certificate.view';
import { Counterfeit, moneyOf, MoneyShape, PartyShape } from '../read-model/shapes';
import type { Seen, View } from '../read-model/view';
import type { PaymentShape } from './payment.view';

const SettlementLine = z.strictObject({
  holding: z.string(),
  owner: PartyShape.optional(),
  payout: MoneyShape.nullable(),
  interest: MoneyShape.nullable(),
  state: z.enum(['instructed', 'credited', 'returned']),
  reference: z.string().nullable(),
});

/** One payment of an issuer on one certificate, as issuer and paying bank see it. */
export const SettlementShape = z.strictObject({
  id: z.string(),
  certificate: CertificateShort.pick({ id: true, no: true, issuer: true, dueDate: true, phase: true }),
  state: z.enum(['prepared', 'funded', 'allocated', 'closed']),
  amount: MoneyShape.nullable(),
  principal: MoneyShape.nullable(),
  interest: MoneyShape.nullable(),
  outstanding: MoneyShape.nullable(),
  paidOn: z.string().nullable(),
  full: z.boolean(),
  pages: z.int(),
  creditedPages: z.int(),
  counterfeit: Counterfeit,
});
export type SettlementShape = z.infer<typeof SettlementShape>;

export const SettlementDetailShape = SettlementShape.extend({ lines: z.array(SettlementLine) });

export type SeenSettlement = Seen<'Order', SettlementOpening> & { record: OrderOf<'settlement'> };

export async function presentSettlements(view: View, rows: readonly SeenSettlement[]): Promise<SettlementShape[]> {
  const certificates = await view.those<'Certificate', CertificateOpening>(
    'Certificate',
    rows.map(({ record }) => record.certificate),
  );
  const shorts = new Map((await presentCertificates(view, [...certificates.values()])).map((each) => [each.id, each]));
  return rows.flatMap(({ id, record, opening, counterfeit }) => {
    const short = shorts.get(record.certificate);
    if (short === undefined) return [];
    const { no, issuer, dueDate, phase } = short;
    const { state, paidOn, full, pages, creditedPages } = record;
    return [
      {
        id,
        certificate: { id: short.id, no, issuer, dueDate, phase },
        state,
        amount: moneyOf(opening?.amountFen),
        principal: moneyOf(opening?.principalFen),
        interest: moneyOf(opening?.interestFen),
        outstanding: moneyOf(opening?.outstandingFen),
        paidOn,
        full,
        pages,
        creditedPages,
        counterfeit,
      },
    ];
  });
}

/** Every payee's line of a settlement, in position order. */
export async function presentLines(view: View, settlement: string): Promise<z.infer<typeof SettlementLine>[]> {
  const pages = await view.within<'Page', PageOpening>('Page', settlement);
  const inOrder = [...pages].sort((a, b) => a.record.page - b.record.page);
  const holdings = await view.those<'Holding', HoldingOpening>(
    'Holding',
    pages.flatMap(({ record }) => record.lines.map(({ holding }) => holding)),
  );
  const party = await view.parties([...holdings.values()].map(({ opening }) => opening?.owner));
  return inOrder.flatMap(({ record, opening }) =>
    record.lines.map(({ holding, state, reference }) => {
      const shown = opening?.lines.find((each) => each.holding === holding);
      const owner = holdings.get(holding)?.opening?.owner;
      return {
        holding,
        ...(owner !== undefined && { owner: party(owner) }),
        payout: moneyOf(shown?.payoutFen),
        interest: moneyOf(shown?.interestFen),
        state,
        reference,
      };
    }),
  );
}

/** A funded settlement as a payment that went out. */
export function outgoing({ id, certificate, principal, interest, paidOn, state }: SettlementShape): PaymentShape {
  const { no, issuer } = certificate;
  return {
    id,
    direction: 'out',
    settlement: id,
    certificate: { id: certificate.id, no, issuer },
    holding: null,
    principal,
    interest,
    paidOn,
    state: state === 'closed' ? 'credited' : 'instructed',
    reference: null,
  };
}
