import { commitOwner, hashTerms } from '@tallystick/crypto';
import { checkPiece, movedPiece } from '../holding/holding.build';
import type { HoldingOpening } from '../holding/holding.records';
import type { Unsigned } from '../instruction/instruction.build';
import { InstructionMismatch, open, same } from '../instruction/instruction.read';
import { nth } from '../wire/nth';

/** One receiver of an offer in clear. */
export interface OfferFacts {
  order: string;
  piece: string;
  receiver: string;
  receiverHost: string;
  amountFen: bigint;
  background: { contractNo: string; invoiceNo: string; note: string };
}

/**
 * What an offer says in clear; the pieces follow one another without gap.
 * @throws InstructionMismatch when an id or commitment does not recompute
 */
export function readOffer(unsigned: Unsigned) {
  const { instruction, body, secret, id } = open('transfer.offer', unsigned);
  same('offers', body.offers.length, secret.offers.length);
  let end: { position: string; salt: string } | null = null;
  const offers = body.offers.map((offer, index): OfferFacts => {
    const clear = nth(secret.offers, index);
    const at = `offers.${index}`;
    same(`${at}.order`, offer.order, id(2 * index));
    same(`${at}.piece.id`, offer.piece.id, id(2 * index + 1));
    const { receiver, receiverSalt: salt } = clear;
    same(`${at}.receiver`, offer.receiver, commitOwner({ holdingId: offer.order, memberId: receiver, salt }));
    same(`${at}.background`, offer.background, hashTerms(clear.backgroundSalt, clear.background));
    return {
      order: offer.order,
      piece: offer.piece.id,
      receiver,
      receiverHost: offer.receiverHost,
      amountFen: follows(`${at}.piece`, offer.piece, clear.piece),
      background: clear.background,
    };
  });
  same('remainder', body.remainder === null, secret.remainder === null);
  let remainderFen = 0n;
  if (body.remainder && secret.remainder) {
    same('remainder.id', body.remainder.id, id(2 * body.offers.length));
    remainderFen = follows('remainder', body.remainder, secret.remainder);
  }
  return {
    member: instruction.member,
    certificate: body.certificate,
    holding: body.holding,
    until: body.until,
    offers,
    remainder: body.remainder?.id ?? null,
    remainderFen,
  };

  function follows(
    field: string,
    piece: (typeof body.offers)[number]['piece'],
    clear: (typeof secret.offers)[number]['piece'],
  ): bigint {
    checkPiece(field, piece, body.certificate, instruction.member, clear);
    if (end !== null && (end.position !== clear.lo || end.salt !== clear.loSalt)) throw new InstructionMismatch(field);
    end = { position: clear.hi, salt: clear.hiSalt };
    const size = BigInt(clear.hi) - BigInt(clear.lo);
    if (size <= 0n) throw new InstructionMismatch(field);
    return size;
  }
}

/** What accepting says in clear: the piece, its amount and its new owner. @throws InstructionMismatch */
export function readAcceptTransfer(unsigned: Unsigned, piece: HoldingOpening) {
  const { instruction, body, secret, id } = open('transfer.accept', unsigned);
  same('piece', body.piece, piece.holding);
  same('holding.id', body.holding.id, id(0));
  const recomputed = movedPiece(piece, body.holding.id, instruction.member, secret.ownerSalt);
  same('holding.lo', body.holding.lo, recomputed.lo);
  same('holding.hi', body.holding.hi, recomputed.hi);
  same('holding.owner', body.holding.owner, recomputed.owner);
  return {
    member: instruction.member,
    order: body.order,
    piece: body.piece,
    holding: body.holding.id,
    certificate: piece.certificate,
    amountFen: BigInt(piece.hi) - BigInt(piece.lo),
  };
}
