import type { CertificateOpening, HoldingOpening, PartyRef } from '@tallystick/protocol';
import { z } from 'zod';
import { money, MoneyShape, PartyShape } from '../read-model/shapes';
import type { Seen } from '../read-model/view';

/** One part of a certificate's whole, in position order; positions are cents from 1. Unseen parts are one hatched remainder. */
export const StripPart = z.strictObject({
  holdingId: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  amount: MoneyShape.optional(),
  state: z.enum(['mine', 'other', 'locked', 'paid', 'hatched']),
  owner: PartyShape.optional(),
});
export type StripPart = z.infer<typeof StripPart>;

type SeenHolding = Seen<'Holding', HoldingOpening>;

/** The holdings that count now, as far as the reader sees them, and one remainder without amounts for the rest. */
export function stripOf(
  certificate: CertificateOpening | null,
  holdings: readonly SeenHolding[],
  member: string,
  isLocked: (row: SeenHolding) => boolean,
  party: (id: string) => PartyRef,
): StripPart[] {
  const origin = certificate === null ? null : BigInt(certificate.terms.originFen);
  const parts = holdings
    .filter(({ record }) => record.status !== 'consumed')
    .flatMap((row) => (row.opening === null ? [] : [{ row, opening: row.opening }]))
    .sort((a, b) => (BigInt(a.opening.lo) < BigInt(b.opening.lo) ? -1 : 1));
  const seenFen = parts.reduce((sum, { opening }) => sum + BigInt(opening.hi) - BigInt(opening.lo), 0n);
  const strip = parts.map(({ row, opening }): StripPart => {
    const lo = BigInt(opening.lo);
    const hi = BigInt(opening.hi);
    const mine = opening.owner === member;
    const state = row.record.status === 'redeemed' ? 'paid' : isLocked(row) ? 'locked' : mine ? 'mine' : 'other';
    const positions =
      origin === null ? { from: null, to: null } : { from: String(lo - origin + 1n), to: String(hi - origin) };
    return { holdingId: row.id, ...positions, amount: money(hi - lo), state, owner: party(opening.owner) };
  });
  const isWhole = certificate !== null && seenFen === BigInt(certificate.terms.faceFen);
  if (!isWhole) strip.push({ holdingId: null, from: null, to: null, state: 'hatched' });
  return strip;
}
