import { commitAmount, commitCut, commitOwner } from '@tallystick/crypto';
import type { Random } from '../instruction/instruction.build';
import { same } from '../instruction/instruction.read';
import type { HoldingOpening, Piece, PieceSecret } from './holding.records';

/** Salts are 16 bytes: amounts and firms are few, so the salt alone hides them. */
export const newSalt = (random: Random): string => random(16);

/** A cut of a holding into neighbours: what is signed and what stays secret, in position order. */
export interface Cut {
  pieces: Piece[];
  secrets: PieceSecret[];
}

/**
 * Cuts a holding into pieces of the given sizes from its start; what is left over becomes the last piece, if anything is.
 * `ids` names one piece each, the left-over one last. Salts of the outer cuts repeat the parent's, so that public cuts chain.
 * @throws RangeError for sizes that are not positive or exceed the holding, or for a missing id
 */
export function cutHolding(parent: HoldingOpening, sizes: bigint[], ids: string[], random: Random): Cut {
  const end = BigInt(parent.hi);
  const secrets: PieceSecret[] = [];
  let at = { position: BigInt(parent.lo), salt: parent.loSalt };
  const cutAt = (position: bigint): void => {
    if (position <= at.position || position > end) throw new RangeError('a piece exceeds its holding or is empty');
    const next = { position, salt: position === end ? parent.hiSalt : newSalt(random) };
    secrets.push({
      lo: String(at.position),
      loSalt: at.salt,
      hi: String(next.position),
      hiSalt: next.salt,
      ownerSalt: newSalt(random),
    });
    at = next;
  };
  for (const size of sizes) cutAt(at.position + size);
  if (at.position < end) cutAt(end);
  const pieces = secrets.map((secret, index) => {
    const id = ids[index];
    if (id === undefined) throw new RangeError('a piece has no id');
    return pieceOf(id, parent.certificate, parent.owner, secret);
  });
  return { pieces, secrets };
}

/** The signed form of a piece of `owner`, from its clear values. */
export function pieceOf(id: string, certificateId: string, owner: string, secret: PieceSecret): Piece {
  return {
    id,
    lo: commitCut({ certificateId, position: BigInt(secret.lo), salt: secret.loSalt }),
    hi: commitCut({ certificateId, position: BigInt(secret.hi), salt: secret.hiSalt }),
    owner: commitOwner({ holdingId: id, memberId: owner, salt: secret.ownerSalt }),
  };
}

/** Checks a signed piece against its clear values. @throws InstructionMismatch */
export function checkPiece(
  field: string,
  signed: Piece,
  certificate: string,
  owner: string,
  secret: PieceSecret,
): void {
  const recomputed = pieceOf(signed.id, certificate, owner, secret);
  same(`${field}.lo`, signed.lo, recomputed.lo);
  same(`${field}.hi`, signed.hi, recomputed.hi);
  same(`${field}.owner`, signed.owner, recomputed.owner);
}

/** The whole interval of an opened holding under a new id and owner: what accepting or disbursing mints. */
export function movedPiece(from: HoldingOpening, id: string, owner: string, ownerSalt: string): Piece {
  return pieceOf(id, from.certificate, owner, { ...from, ownerSalt });
}

/** Opening of a new piece. `paid` is what the parent had been paid: only a whole one may move then. */
export function pieceOpening(parent: HoldingOpening, id: string, secret: PieceSecret): HoldingOpening {
  return {
    holding: id,
    certificate: parent.certificate,
    lo: secret.lo,
    loSalt: secret.loSalt,
    hi: secret.hi,
    hiSalt: secret.hiSalt,
    owner: parent.owner,
    ownerSalt: secret.ownerSalt,
    paid: parent.paid,
  };
}

/** Opening of a holding that moved whole to a new owner. */
export function movedOpening(from: HoldingOpening, id: string, owner: string, ownerSalt: string): HoldingOpening {
  return { ...from, holding: id, owner, ownerSalt };
}

/** `HoldingRecord.paid` of an opening: amount and salt pass on to the next holding, the commitment names the new one. */
export function paidCommitment({ holding, paid }: HoldingOpening): string | null {
  return paid === null
    ? null
    : commitAmount({ recordId: holding, label: 'paid', fen: BigInt(paid.fen), salt: paid.salt });
}
