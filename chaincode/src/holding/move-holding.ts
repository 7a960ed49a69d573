import type { UnitRange } from '@tallystick/domain';
import {
  movedOpening,
  movedPiece,
  paidCommitment,
  pieceOf,
  pieceOpening,
  type HoldingLock,
  type HoldingOpening,
  type Piece,
  type PieceSecret,
} from '@tallystick/protocol';
import { Refused } from '../refusal/refused';
import { valuePolicy } from '../state/key-policy';
import type { State } from '../state/state';
import { partiesOf, type ProvenHolding } from './proven-holding';

/** A new piece of a cut, proven: what is signed, what it opens to, and the lock it is born with. */
export interface ProvenPiece {
  piece: Piece;
  opening: HoldingOpening;
  lock: HoldingLock | null;
}

/** A signed piece with its clear values, the interval it must cover and its lock. */
export interface ClaimedPiece {
  piece: Piece;
  secret: PieceSecret;
  range: UnitRange;
  lock: HoldingLock | null;
}

/**
 * The pieces that cut a holding: each covers its interval, and neighbouring cuts repeat one commitment, the outer ones the
 * holding's own, so that public data alone prove that nothing was left out or doubled.
 * @throws Refused OPENING_MISMATCH naming the piece
 */
export function provenCut(holding: ProvenHolding, claimed: readonly ClaimedPiece[]): ProvenPiece[] {
  const { record, opening } = holding;
  let expectedLo = record.lo;
  return claimed.map(({ piece, secret, range, lock }, index) => {
    const recomputed = pieceOf(piece.id, record.certificate, opening.owner, secret);
    const covers = secret.lo === String(range.lo) && secret.hi === String(range.hi);
    const same = piece.lo === recomputed.lo && piece.hi === recomputed.hi && piece.owner === recomputed.owner;
    const chained = piece.lo === expectedLo && (index < claimed.length - 1 || piece.hi === record.hi);
    if (!(covers && same && chained)) throw new Refused('OPENING_MISMATCH', { record: 'Holding', id: piece.id });
    expectedLo = piece.hi;
    return { piece, opening: pieceOpening(opening, piece.id, secret), lock };
  });
}

/** Consumes a holding and mints its pieces, all still the owner's, as deep as before. */
export async function writeCut(
  state: State,
  holding: ProvenHolding,
  pieces: readonly ProvenPiece[],
  madeBy: string,
): Promise<void> {
  const { record, parties } = holding;
  await consume(state, holding, madeBy);
  for (const { piece, opening, lock } of pieces) {
    const paid = paidCommitment(opening);
    const made = { ...record, ...piece, parent: record.id, lock, paid, madeBy, spentBy: null };
    await state.create('Holding', [piece.id], made, valuePolicy(parties));
  }
}

/**
 * Consumes a holding and mints its interval to a new owner on `host`: same cuts, one owner deeper, free.
 * @returns the new holding's opening
 * @throws Refused OPENING_MISMATCH unless the signed piece is that interval with that owner
 */
export async function writeMove(
  state: State,
  holding: ProvenHolding,
  to: { piece: Piece; owner: string; ownerSalt: string; host: string; depth: number; madeBy: string },
): Promise<HoldingOpening> {
  const { record, opening, certificate } = holding;
  const { piece, owner, ownerSalt, host, depth, madeBy } = to;
  const recomputed = movedPiece(opening, piece.id, owner, ownerSalt);
  const same = piece.lo === recomputed.lo && piece.hi === recomputed.hi && piece.owner === recomputed.owner;
  if (!same) throw new Refused('OPENING_MISMATCH', { record: 'Holding', id: piece.id });
  const moved = movedOpening(opening, piece.id, owner, ownerSalt);
  await consume(state, holding, madeBy);
  const made = { host, depth, lock: null, paid: paidCommitment(moved), madeBy, spentBy: null };
  const policy = valuePolicy(partiesOf(certificate, host));
  await state.create('Holding', [piece.id], { ...record, ...piece, ...made, parent: record.id }, policy);
  return moved;
}

/** Takes a holding's lock away, if it is still this order's. */
export async function unlock(state: State, { record }: ProvenHolding, order: string): Promise<void> {
  if (record.status !== 'live' || record.lock?.order !== order) return;
  await state.update('Holding', [record.id], { ...record, lock: null });
}

async function consume(state: State, { record }: ProvenHolding, spentBy: string): Promise<void> {
  await state.update('Holding', [record.id], { ...record, status: 'consumed', lock: null, spentBy });
}
