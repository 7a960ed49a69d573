import {
  accept,
  agreementDeadline,
  decideAcceptQuote,
  decideApprove,
  decideDisburse,
  decideOpen,
  decideReject,
  decideSign,
  decideWithdrawApplication,
  decideWithdrawQuote,
  financingLockHolds,
  refuse,
  type FinancingView,
  type Outcome,
} from '@tallystick/domain';
import type {
  CertificateOpening,
  HoldingOpening,
  InvitationOpening,
  OrderOf,
  QuoteOpening,
  RecordOf,
} from '@tallystick/protocol';
import { z } from 'zod';
import { CertificateShort, presentCertificates } from '../certificates/certificate.view';
import { permission } from '../read-model/permission';
import { agreementHash, agreementText } from './agreement-document';
import { Counterfeit, money, moneyOf, MoneyShape, PartyShape, PermissionShape } from '../read-model/shapes';
import { financingView, holdingView } from '../read-model/trade-views';
import type { Seen, View } from '../read-model/view';

const Fee = z.strictObject({ name: z.string(), payee: z.string(), amount: MoneyShape });

/** A bank's whole price. Rates as percent of a year. */
export const QuoteShape = z.strictObject({
  id: z.string(),
  bank: PartyShape,
  rate: z.string(),
  basis: z.enum(['ACT_360', 'ACT_365']),
  valueDate: z.string(),
  endDate: z.string(),
  days: z.int(),
  amount: MoneyShape,
  interest: MoneyShape,
  fees: z.array(Fee),
  net: MoneyShape,
  apr: z.string(),
  recourse: z.boolean(),
  interestBearer: z.enum(['supplier', 'core']),
  validUntil: z.string(),
  state: z.enum(['open', 'withdrawn', 'expired', 'accepted', 'notChosen']),
  can: z.strictObject({ accept: PermissionShape, withdraw: PermissionShape }),
});
type QuoteShape = z.infer<typeof QuoteShape>;

const InvitationShape = z.strictObject({ id: z.string(), bank: PartyShape, state: z.enum(['open', 'refused']) });

/** An application for cash on one piece. A bank sees its own quotes only; the price of others stays with them and the owner. */
export const FinancingShape = z.strictObject({
  id: z.string(),
  role: z.enum(['applicant', 'bank']),
  applicant: PartyShape.optional(),
  certificate: CertificateShort.nullable(),
  holding: z.string(),
  amount: MoneyShape.optional(),
  recourse: z.boolean().optional(),
  interestBearer: z.enum(['supplier', 'core']).optional(),
  note: z.string().optional(),
  state: z.enum(['open', 'agreed', 'funded', 'ended']),
  stage: z.enum([
    'open',
    'quoted',
    'lapsed',
    'agreed',
    'approved',
    'ownerSigned',
    'signed',
    'funded',
    'withdrawn',
    'rejected',
    'failed',
    'notChosen',
    'refused',
  ]),
  openUntil: z.string(),
  decideBy: z.string().nullable(),
  invitations: z.array(InvitationShape),
  quotes: z.array(QuoteShape),
  agreement: z
    .strictObject({
      quote: z.string(),
      document: z.string(),
      state: z.enum(['approved', 'ownerSigned', 'signed']),
      validUntil: z.string(),
      /** The text that was hashed and signed, written again from the same facts; null when it does not have that hash. */
      text: z.string().nullable(),
      signedBy: z.array(z.enum(['owner', 'bank'])),
    })
    .nullable(),
  counterfeit: Counterfeit,
  can: z.strictObject({
    quote: PermissionShape,
    refuse: PermissionShape,
    withdraw: PermissionShape,
    approve: PermissionShape,
    sign: PermissionShape,
    disburse: PermissionShape,
    reject: PermissionShape,
  }),
});
export type FinancingShape = z.infer<typeof FinancingShape>;

export type SeenFinancing = Seen<'Order'> & { record: OrderOf<'financing'> };
type SeenQuote = Seen<'Quote', QuoteOpening>;
type SeenInvitation = Seen<'Invitation', InvitationOpening>;

/** Everything about one application that the reader may see. */
interface Deal {
  row: SeenFinancing;
  role: 'applicant' | 'bank';
  piece: Seen<'Holding', HoldingOpening> | null;
  certificate: Seen<'Certificate', CertificateOpening> | null;
  short: CertificateShort | null;
  invitations: SeenInvitation[];
  quotes: SeenQuote[];
  agreement: RecordOf<'Agreement'> | null;
  order: FinancingView;
}

export async function presentFinancings(view: View, rows: readonly SeenFinancing[]): Promise<FinancingShape[]> {
  const certificates = await view.those<'Certificate', CertificateOpening>(
    'Certificate',
    rows.map(({ record }) => record.certificate),
  );
  const shorts = new Map((await presentCertificates(view, [...certificates.values()])).map((each) => [each.id, each]));
  const pieces = await view.those<'Holding', HoldingOpening>(
    'Holding',
    rows.map(({ record }) => record.holding),
  );
  const agreements = await view.records(
    'Agreement',
    rows.map(({ id }) => id),
  );
  const shown: FinancingShape[] = [];
  for (const row of rows) {
    const piece = pieces.get(row.record.holding) ?? null;
    const invitations = await view.within<'Invitation', InvitationOpening>('Invitation', row.id);
    const quotes = await view.within<'Quote', QuoteOpening>('Quote', row.id);
    const owner = invitations[0]?.opening?.application.applicant ?? piece?.opening?.owner ?? '';
    const bank = quotes.find(({ id }) => id === row.record.quote)?.opening?.bank ?? null;
    const certificate = certificates.get(row.record.certificate) ?? null;
    const deal: Deal = {
      row,
      role: row.roles.includes('applicant') ? 'applicant' : 'bank',
      piece,
      certificate,
      short: shorts.get(row.record.certificate) ?? null,
      invitations,
      quotes,
      agreement: agreements.get(row.id) ?? null,
      order: financingView(row.record, owner, bank),
    };
    shown.push(await present(view, deal));
  }
  return shown;
}

async function present(view: View, deal: Deal): Promise<FinancingShape> {
  const { row, role, piece, short, invitations, quotes, agreement, order } = deal;
  const { record } = row;
  const application = invitations.find(({ opening }) => opening !== null)?.opening?.application ?? null;
  const party = await view.parties([
    order.owner,
    ...invitations.map(({ opening }) => opening?.bank),
    ...quotes.map(({ opening }) => opening?.bank),
  ]);
  const amount = moneyOf(application?.amountFen) ?? (piece?.fen == null ? null : money(piece.fen));
  return {
    id: row.id,
    role,
    ...(order.owner !== '' && { applicant: party(order.owner) }),
    certificate: short,
    holding: record.holding,
    ...(amount !== null && { amount }),
    ...(application !== null && {
      recourse: application.recourse,
      interestBearer: application.interestBearer,
      note: application.note,
    }),
    state: record.state,
    stage: stageOf(view.now, deal),
    openUntil: record.openUntil,
    decideBy: record.decideBy,
    invitations: invitations.flatMap(({ id, record: { state }, opening }) =>
      opening === null ? [] : [{ id, bank: party(opening.bank), state }],
    ),
    quotes: quotes.flatMap((quote) =>
      quote.opening === null ? [] : [presentQuote(view, deal, quote, quote.opening, party)],
    ),
    agreement: agreement === null || !knowsAgreement(deal) ? null : presentAgreement(agreement, deal, party),
    counterfeit: row.counterfeit ?? piece?.counterfeit ?? null,
    can: can(view, deal, await rulesOf(view, deal)),
  };
}

/** The agreement concerns the applicant and the chosen bank; other banks learn only that they were not chosen. */
const knowsAgreement = ({ role, order }: Deal): boolean => role === 'applicant' || order.bank !== null;

function presentAgreement(
  { quote, document, state, validUntil }: RecordOf<'Agreement'>,
  { row, certificate, order, quotes }: Deal,
  party: (id: string) => QuoteShape['bank'],
): FinancingShape['agreement'] {
  const opening = quotes.find(({ id }) => id === quote)?.opening ?? null;
  const text =
    opening === null || certificate === null
      ? null
      : agreementText({
          order: row.id,
          certificate: certificate.record.public,
          applicant: party(order.owner),
          bank: party(opening.bank),
          quote: opening,
        });
  return {
    quote,
    document,
    state,
    validUntil,
    text: text !== null && agreementHash(text) === document ? text : null,
    signedBy: state === 'signed' ? ['owner', 'bank'] : state === 'ownerSigned' ? ['owner'] : [],
  };
}

function stageOf(
  now: string,
  { row: { record }, role, invitations, quotes, agreement, order }: Deal,
): FinancingShape['stage'] {
  if (role === 'bank' && record.quote !== null && order.bank === null) return 'notChosen';
  if (record.state === 'ended') return record.endedBy ?? 'failed';
  if (record.state === 'funded') return 'funded';
  if (record.state === 'agreed') {
    return financingLockHolds(record, agreement, now) ? (agreement?.state ?? 'agreed') : 'lapsed';
  }
  if (now >= record.openUntil) return 'lapsed';
  if (role === 'bank' && invitations.length > 0 && invitations.every(({ record: { state } }) => state === 'refused'))
    return 'refused';
  return quotes.some(({ record: { state, validUntil } }) => state === 'open' && now < validUntil) ? 'quoted' : 'open';
}

const percent = (ppm: number): string => (ppm / 10_000).toFixed(4).replace(/0{1,2}$/, '');

function presentQuote(
  view: View,
  deal: Deal,
  { id, record, counterfeit }: SeenQuote,
  { bank, terms }: QuoteOpening,
  party: (id: string) => QuoteShape['bank'],
): QuoteShape {
  const { caller, now } = view;
  const { row, order, certificate } = deal;
  const chosen = row.record.quote;
  const decided = chosen === id ? 'accepted' : chosen !== null && record.state === 'open' ? 'notChosen' : null;
  const dueDate = certificate?.record.public.dueDate ?? '';
  const context = { dueDate, now, rules: view.facts.rules };
  return {
    id,
    bank: party(bank),
    rate: percent(terms.ratePpm),
    basis: terms.basis,
    valueDate: terms.valueDate,
    endDate: terms.endDate,
    days: terms.days,
    amount: money(BigInt(terms.amountFen)),
    interest: money(BigInt(terms.interestFen)),
    fees: terms.fees.map(({ name, payee, fen }) => ({ name, payee, amount: money(BigInt(fen)) })),
    net: money(BigInt(terms.netFen)),
    apr: percent(terms.aprPpm),
    recourse: terms.recourse,
    interestBearer: terms.interestBearer,
    validUntil: record.validUntil,
    state: decided ?? (record.state === 'open' && now >= record.validUntil ? 'expired' : record.state),
    can: {
      accept: permission(caller, ['maker'], counterfeit ?? row.counterfeit, () =>
        decideAcceptQuote(order, record, caller.member, context),
      ),
      withdraw: permission(
        caller,
        ['maker'],
        null,
        () => (chosen === id ? refuse('QUOTE_STATE', { state: 'accepted' }) : accept(true)),
        () => decideWithdrawQuote({ ...record, bank }, caller.member),
      ),
    },
  };
}

const rulesOf = (view: View, { certificate }: Deal) =>
  certificate === null ? Promise.resolve(view.facts.rules) : view.rulesOf(certificate.record);

function can(view: View, deal: Deal, rules: View['facts']['rules']): FinancingShape['can'] {
  const { caller, now } = view;
  const { row, order, agreement, piece, invitations, certificate } = deal;
  const { member } = caller;
  const doubt = row.counterfeit ?? piece?.counterfeit ?? certificate?.counterfeit ?? null;
  const invited = (): Outcome<true> =>
    invitations.some(({ record, opening }) => opening?.bank === member && record.state === 'open')
      ? accept(true)
      : refuse('NOT_INVITED');
  const checklist = { documents: true, occupancy: true, fingerprint: true, limits: true, registrySearch: true };
  const needsAgreement = (decide: (agreement: RecordOf<'Agreement'>) => Outcome<unknown>) => (): Outcome<unknown> =>
    agreement === null ? refuse('SIGNING_OUT_OF_ORDER', { state: 'none' }) : decide(agreement);
  const as = member === order.owner ? 'owner' : 'bank';
  return {
    quote: permission(caller, ['maker'], doubt, invited, () => decideOpen(order, now)),
    refuse: permission(caller, ['maker'], null, invited, () => decideOpen(order, now)),
    withdraw: permission(caller, ['maker'], null, () => decideWithdrawApplication(order, member)),
    approve: permission(caller, ['maker'], doubt, () => {
      if (certificate === null) return refuse('OPENING_MISMATCH', { record: 'Certificate' });
      const { dueDate } = certificate.record.public;
      const command = { caller: member, checklist, validUntil: agreementDeadline(dueDate, rules) };
      return decideApprove(order, agreement, command, { dueDate, now, rules });
    }),
    sign: permission(
      caller,
      ['maker'],
      doubt,
      needsAgreement((each) => decideSign(order, each, { caller: member, as }, now)),
    ),
    disburse: permission(caller, ['maker'], doubt, () => disbursable(view, deal, rules)),
    reject: permission(caller, ['maker'], null, () => decideReject(order, agreement, member)),
  };
}

/** Whether the bank may pay out, as if the receipt were there: it comes with the payment. */
function disbursable(
  view: View,
  { row, order, agreement, piece, certificate }: Deal,
  rules: View['facts']['rules'],
): Outcome<unknown> {
  if (piece?.opening == null) return refuse('OPENING_MISMATCH', { record: 'Holding' });
  const net = row.record.net ?? '';
  const receipt = { by: { id: order.owner, kinds: ['SUPPLIER'], status: 'active' }, order: row.id, net } as const;
  return decideDisburse(order, {
    caller: view.caller.member,
    orderId: row.id,
    net,
    agreement,
    receipt,
    piece: holdingView(piece.record, piece.opening, null),
    certificateSettling: certificate?.record.settling !== null,
    now: view.now,
    rules,
  });
}
