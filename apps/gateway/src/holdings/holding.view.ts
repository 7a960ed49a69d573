import {
  decideCertificateMoves,
  decideDepth,
  decideFree,
  isOverdue,
  refuse,
  accept,
  type HoldingView,
} from '@tallystick/domain';
import { verifyHoldingOpening, type CertificateOpening, type HoldingOpening } from '@tallystick/protocol';
import { z } from 'zod';
import { CertificateShort, presentCertificates } from '../certificates/certificate.view';
import { permission } from '../read-model/permission';
import { Counterfeit, money, MoneyShape, OpeningState, PermissionShape } from '../read-model/shapes';
import { certificateView, holdingView, sizeOf } from '../read-model/trade-views';
import { openingState, type Seen, type View } from '../read-model/view';
import { LockKeeper } from './lock-keeper';

/** A part of a certificate in one hand. Positions are cents of the whole, from 1. */
export const HoldingShape = z.strictObject({
  id: z.string(),
  certificate: CertificateShort.pick({
    id: true,
    no: true,
    issuer: true,
    face: true,
    dueDate: true,
    rolledDueDate: true,
    phase: true,
  }),
  amount: MoneyShape.optional(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  depth: z.int(),
  state: z.enum(['free', 'locked', 'consumed', 'redeemed']),
  lock: z
    .strictObject({
      order: z.string(),
      kind: z.enum(['transfer', 'financing', 'settlement']),
      until: z.string().nullable(),
    })
    .nullable(),
  paid: MoneyShape.optional(),
  dueDate: z.string(),
  opening: OpeningState,
  counterfeit: Counterfeit,
  can: z.strictObject({ transfer: PermissionShape, finance: PermissionShape }),
});
export type HoldingShape = z.infer<typeof HoldingShape>;

export type SeenHolding = Seen<'Holding', HoldingOpening>;

/** Holdings with their certificates; those whose certificate the reader cannot see are left out, which does not happen to owners. */
export async function presentHoldings(view: View, rows: readonly SeenHolding[]): Promise<HoldingShape[]> {
  const certificates = await view.those<'Certificate', CertificateOpening>(
    'Certificate',
    rows.map(({ record }) => record.certificate),
  );
  const shorts = new Map((await presentCertificates(view, [...certificates.values()])).map((each) => [each.id, each]));
  const locks = await LockKeeper.of(view, rows);
  const shown: HoldingShape[] = [];
  for (const row of rows) {
    const certificate = certificates.get(row.record.certificate);
    const short = shorts.get(row.record.certificate);
    if (certificate !== undefined && short !== undefined)
      shown.push(await present(view, row, certificate, short, locks));
  }
  return shown;
}

async function present(
  view: View,
  row: SeenHolding,
  certificate: Seen<'Certificate', CertificateOpening>,
  short: CertificateShort,
  locks: LockKeeper,
): Promise<HoldingShape> {
  const { record, opening } = row;
  const lock = record.status === 'live' ? locks.live(record) : null;
  const origin = certificate.opening === null ? null : BigInt(certificate.opening.terms.originFen);
  const { id, no, issuer, face, dueDate, rolledDueDate, phase } = short;
  const state = openingState(opening, (each) => verifyHoldingOpening(record, each));
  return {
    id: row.id,
    certificate: { id, no, issuer, ...(face !== undefined && { face }), dueDate, rolledDueDate, phase },
    ...(opening !== null && { amount: money(sizeOf(opening)) }),
    from: opening === null || origin === null ? null : String(BigInt(opening.lo) - origin + 1n),
    to: opening === null || origin === null ? null : String(BigInt(opening.hi) - origin),
    depth: record.depth,
    state: record.status === 'live' ? (lock === null ? 'free' : 'locked') : record.status,
    lock: lock === null ? null : { order: lock.order, kind: locks.kindOf(lock), until: locks.until(lock) },
    ...(opening !== null && state === 'present' && { paid: money(BigInt(opening.paid?.fen ?? '0')) }),
    dueDate,
    opening: state,
    counterfeit: row.counterfeit,
    can: await can(view, row, certificate, opening === null ? null : holdingView(record, opening, lock)),
  };
}

async function can(
  view: View,
  { counterfeit, proved }: SeenHolding,
  { record, opening, counterfeit: doubted }: Seen<'Certificate', CertificateOpening>,
  holding: HoldingView | null,
): Promise<HoldingShape['can']> {
  const { caller, now } = view;
  const rules = await view.rulesOf(record);
  const certificate = certificateView(record);
  const context = { certificate, faceFen: BigInt(opening?.terms.faceFen ?? '0'), now, rules };
  // Without its clear values and the instruction behind it nobody disposes of a holding.
  const known = () =>
    holding === null || opening === null || !proved
      ? refuse('OPENING_MISMATCH', { record: 'Holding' })
      : accept(holding);
  const free = () => (holding === null ? refuse('NOT_OWNER') : decideFree(holding, caller.member, now));
  const moves = () => decideCertificateMoves(context);
  const depth = () => (holding === null ? refuse('NOT_OWNER') : decideDepth(holding, rules));
  const notOverdue = () =>
    isOverdue(certificate, now, rules) ? refuse('CERTIFICATE_STATE', { state: 'overdue' }) : accept(true);
  return {
    transfer: permission(caller, ['maker'], counterfeit ?? doubted, free, known, moves, depth),
    finance: permission(caller, ['maker'], counterfeit ?? doubted, free, known, moves, notOverdue, depth),
  };
}
