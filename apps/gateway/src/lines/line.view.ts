import { accept, availableFen, businessDateOf, isBlockedFromIssuing, refuse } from '@tallystick/domain';
import { verifyLineOpening, type LineOpening, type RecordOf } from '@tallystick/protocol';
import { z } from 'zod';
import { permission } from '../read-model/permission';
import { Counterfeit, money, MoneyShape, OpeningState, PartyShape, PermissionShape } from '../read-model/shapes';
import { openingState, type Seen, type View } from '../read-model/view';

/** A bank's credit line for an issuer, seen by both. */
export const LineShape = z.strictObject({
  id: z.string(),
  bank: PartyShape.optional(),
  issuer: PartyShape.optional(),
  limit: MoneyShape.optional(),
  used: MoneyShape.optional(),
  available: MoneyShape.optional(),
  until: z.string(),
  witness: z.string(),
  standIn: z.string(),
  opening: OpeningState,
  counterfeit: Counterfeit,
  can: z.strictObject({ issue: PermissionShape, change: PermissionShape }),
});
export type LineShape = z.infer<typeof LineShape>;

type SeenLine = Seen<'Line', LineOpening>;

export async function presentLines(view: View, rows: readonly SeenLine[]): Promise<LineShape[]> {
  const party = await view.parties(rows.flatMap(({ opening }) => [opening?.terms.bank, opening?.terms.issuer]));
  const shown: LineShape[] = [];
  for (const row of rows) {
    const { record, opening } = row;
    const { until, witness, standIn } = record;
    const amounts = opening === null ? null : { limitFen: BigInt(opening.limitFen), usedFen: BigInt(opening.usedFen) };
    shown.push({
      id: row.id,
      ...(opening !== null && { bank: party(opening.terms.bank), issuer: party(opening.terms.issuer) }),
      ...(amounts !== null && {
        limit: money(amounts.limitFen),
        used: money(amounts.usedFen),
        available: money(availableFen(amounts)),
      }),
      until,
      witness,
      standIn,
      opening: openingState(opening, (each) => verifyLineOpening(record, each)),
      counterfeit: row.counterfeit,
      can: await can(view, row),
    });
  }
  return shown;
}

async function can(view: View, { record, opening, counterfeit }: SeenLine): Promise<LineShape['can']> {
  const { caller, now } = view;
  const terms = opening?.terms;
  const overdue = await overdueOf(view, terms?.issuer ?? '');
  return {
    issue: permission(
      caller,
      ['maker'],
      counterfeit,
      () => (terms?.issuer === caller.member ? accept(true) : refuse('LINE_NOT_OWN')),
      () => (businessDateOf(now) > record.until ? refuse('LINE_EXPIRED', { until: record.until }) : accept(true)),
      () => (isBlockedFromIssuing(overdue) ? refuse('ISSUER_OVERDUE') : accept(true)),
    ),
    change: permission(caller, ['maker'], counterfeit, () =>
      terms?.bank === caller.member ? accept(true) : refuse('LINE_NOT_OWN'),
    ),
  };
}

/** Certificates of an issuer that stand on record as overdue. */
async function overdueOf(view: View, issuer: string): Promise<RecordOf<'Certificate'>[]> {
  const standing = (await view.records('Standing', [issuer])).get(issuer);
  return standing === undefined ? [] : [...(await view.records('Certificate', standing.overdue)).values()];
}
