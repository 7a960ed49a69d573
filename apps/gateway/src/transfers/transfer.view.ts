import {
  accept,
  decideAcceptTransfer,
  decideDeclineTransfer,
  decideWithdrawTransfer,
  refuse,
} from '@tallystick/domain';
import type { CertificateOpening, HoldingOpening, OrderOf, TransferOpening } from '@tallystick/protocol';
import { z } from 'zod';
import { CertificateShort, presentCertificates } from '../certificates/certificate.view';
import { permission } from '../read-model/permission';
import { Counterfeit, money, MoneyShape, PartyShape, PermissionShape } from '../read-model/shapes';
import { certificateView, faceFen, holdingView, offerView, sizeOf } from '../read-model/trade-views';
import type { Seen, View } from '../read-model/view';

/** An offer to pass a part on, to one receiver. Past `until` an open one has lapsed. */
export const TransferShape = z.strictObject({
  id: z.string(),
  direction: z.enum(['in', 'out']),
  sender: PartyShape.optional(),
  receiver: PartyShape.optional(),
  certificate: CertificateShort.pick({
    id: true,
    no: true,
    issuer: true,
    face: true,
    dueDate: true,
    phase: true,
  }).nullable(),
  holding: z.string(),
  amount: MoneyShape.optional(),
  background: z.strictObject({ contractNo: z.string(), invoiceNo: z.string(), note: z.string() }).optional(),
  until: z.string(),
  state: z.enum(['open', 'accepted', 'declined', 'withdrawn', 'lapsed']),
  opening: z.enum(['present', 'missing']),
  counterfeit: Counterfeit,
  can: z.strictObject({ accept: PermissionShape, decline: PermissionShape, withdraw: PermissionShape }),
});
export type TransferShape = z.infer<typeof TransferShape>;

export type SeenTransfer = Seen<'Order', TransferOpening> & { record: OrderOf<'transfer'> };
type SeenHolding = Seen<'Holding', HoldingOpening>;
type SeenCertificate = Seen<'Certificate', CertificateOpening>;

export async function presentTransfers(view: View, rows: readonly SeenTransfer[]): Promise<TransferShape[]> {
  const certificates = await view.those<'Certificate', CertificateOpening>(
    'Certificate',
    rows.map(({ record }) => record.certificate),
  );
  const pieces = await view.those<'Holding', HoldingOpening>(
    'Holding',
    rows.map(({ record }) => record.holding),
  );
  const shorts = new Map((await presentCertificates(view, [...certificates.values()])).map((each) => [each.id, each]));
  const party = await view.parties(rows.flatMap(({ opening }) => [opening?.sender, opening?.receiver]));
  const shown: TransferShape[] = [];
  for (const row of rows) {
    const { record, opening } = row;
    const piece = pieces.get(record.holding) ?? null;
    const certificate = certificates.get(record.certificate) ?? null;
    const short = shorts.get(record.certificate);
    shown.push({
      id: row.id,
      direction: row.roles.includes('receiver') ? 'in' : 'out',
      ...(opening !== null && {
        sender: party(opening.sender),
        receiver: party(opening.receiver),
        background: opening.background,
      }),
      certificate: short === undefined ? null : briefly(short),
      holding: record.holding,
      ...(piece?.opening != null && { amount: money(sizeOf(piece.opening)) }),
      until: record.until,
      state: record.state === 'open' && view.now >= record.until ? 'lapsed' : record.state,
      opening: opening === null || piece?.opening == null ? 'missing' : 'present',
      counterfeit: row.counterfeit ?? piece?.counterfeit ?? null,
      can: await can(view, row, piece, certificate),
    });
  }
  return shown;
}

const briefly = ({ id, no, issuer, face, dueDate, phase }: CertificateShort): TransferShape['certificate'] => ({
  id,
  no,
  issuer,
  ...(face !== undefined && { face }),
  dueDate,
  phase,
});

async function can(
  view: View,
  { record, opening, counterfeit }: SeenTransfer,
  piece: SeenHolding | null,
  certificate: SeenCertificate | null,
): Promise<TransferShape['can']> {
  const { caller, now } = view;
  const doubt = counterfeit ?? piece?.counterfeit ?? certificate?.counterfeit ?? null;
  const offer = opening === null ? null : offerView(record, opening);
  const held = piece?.opening == null ? null : holdingView(piece.record, piece.opening, null);
  const context =
    certificate?.opening == null
      ? null
      : {
          certificate: certificateView(certificate.record),
          faceFen: faceFen(certificate.opening),
          now,
          rules: await view.rulesOf(certificate.record),
        };
  const unknown = refuse('OPENING_MISMATCH', { record: 'Order' });
  return {
    accept: permission(
      caller,
      ['maker'],
      doubt,
      () =>
        offer === null || held === null || context === null
          ? unknown
          : decideAcceptTransfer(offer, held, caller.member, context),
      // Nobody accepts what has no proven instruction behind it (`ledger.md` §3.3).
      () => (piece?.proved === true ? accept(true) : unknown),
    ),
    decline: permission(caller, ['maker'], null, () =>
      offer === null ? unknown : decideDeclineTransfer(offer, caller.member, now),
    ),
    withdraw: permission(caller, ['maker'], null, () =>
      offer === null ? unknown : decideWithdrawTransfer(offer, caller.member, now),
    ),
  };
}
