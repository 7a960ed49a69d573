import { commitOwner, hashTerms } from '@tallystick/crypto';
import { cutHolding, movedOpening, movedPiece, newSalt, pieceOpening } from '../holding/holding.build';
import type { HoldingOpening } from '../holding/holding.records';
import { compose, newId, type Authoring, type Unsigned } from '../instruction/instruction.build';
import type { BodyOf, SecretOf } from '../instruction/calls';
import { open } from '../instruction/instruction.read';
import { nth } from '../wire/nth';
import type { Background, TransferOpening } from './transfer.records';

/** One receiver of an offer. */
export interface OfferTo {
  receiver: string;
  receiverHost: string;
  amountFen: bigint;
  background: Background;
}

/**
 * `transfer.offer`: cuts the author's holding, one piece per receiver in the order given, then the remainder.
 * @throws RangeError when the amounts are not positive or exceed the holding
 */
export function buildOffer(input: Authoring & { holding: HoldingOpening; to: OfferTo[]; until: string }): Unsigned {
  const { holding, to, until, random } = input;
  const orders = to.map((_, index) => newId(input, 2 * index));
  const ids = [...to.map((_, index) => newId(input, 2 * index + 1)), newId(input, 2 * to.length)];
  const cut = cutHolding(
    holding,
    to.map(({ amountFen }) => amountFen),
    ids,
    random,
  );
  const secrets = to.map(({ receiver, background }, index) => ({
    piece: nth(cut.secrets, index),
    receiver,
    receiverSalt: newSalt(random),
    background,
    backgroundSalt: newSalt(random),
  }));
  return compose(
    'transfer.offer',
    input,
    {
      certificate: holding.certificate,
      holding: holding.holding,
      offers: secrets.map((secret, index) => ({
        order: nth(orders, index),
        piece: nth(cut.pieces, index),
        receiver: commitOwner({
          holdingId: nth(orders, index),
          memberId: secret.receiver,
          salt: secret.receiverSalt,
        }),
        receiverHost: nth(to, index).receiverHost,
        background: hashTerms(secret.backgroundSalt, secret.background),
      })),
      remainder: cut.pieces[to.length] ?? null,
      until,
    },
    { offers: secrets, remainder: cut.secrets[to.length] ?? null },
  );
}

/** Openings that an offer makes: its pieces (remainder last) and its orders, from the opening of the holding it cuts. */
export function offerOpenings(
  signed: Unsigned,
  holding: HoldingOpening,
): { holdings: HoldingOpening[]; transfers: TransferOpening[] } {
  return openingsOfOffer(open('transfer.offer', signed), holding);
}

/** {@link offerOpenings} of an offer already read and checked. */
export function openingsOfOffer(
  { body, secret }: { body: BodyOf<'transfer.offer'>; secret: SecretOf<'transfer.offer'> },
  holding: HoldingOpening,
): { holdings: HoldingOpening[]; transfers: TransferOpening[] } {
  const pieces = [
    ...body.offers.map(({ piece }, index) => ({ id: piece.id, secret: nth(secret.offers, index).piece })),
    ...(body.remainder && secret.remainder ? [{ id: body.remainder.id, secret: secret.remainder }] : []),
  ];
  return {
    holdings: pieces.map((piece) => pieceOpening(holding, piece.id, piece.secret)),
    transfers: body.offers.map(({ order }, index) => {
      const { receiver, receiverSalt, background, backgroundSalt } = nth(secret.offers, index);
      return { order, sender: holding.owner, receiver, receiverSalt, background, backgroundSalt };
    }),
  };
}

/** `transfer.accept`: mints the piece's interval to the author. `piece` is the opening that the sender's host gave. */
export function buildAcceptTransfer(input: Authoring & { order: string; piece: HoldingOpening }): Unsigned {
  const { order, piece, author, random } = input;
  const ownerSalt = newSalt(random);
  const holding = movedPiece(piece, newId(input, 0), author.member, ownerSalt);
  return compose('transfer.accept', input, { order, piece: piece.holding, holding }, { ownerSalt });
}

/** Opening of the holding that accepting makes. */
export function acceptTransferOpenings(signed: Unsigned, piece: HoldingOpening): { holdings: HoldingOpening[] } {
  const { instruction, body, secret } = open('transfer.accept', signed);
  return { holdings: [movedOpening(piece, body.holding.id, instruction.member, secret.ownerSalt)] };
}

/** `transfer.decline`, by the receiver. */
export const buildDeclineTransfer = (input: Authoring & { order: string; reason: string }): Unsigned =>
  compose('transfer.decline', input, { order: input.order, reason: input.reason }, null);

/** `transfer.withdraw`, by the sender. */
export const buildWithdrawTransfer = (input: Authoring & { order: string; reason: string }): Unsigned =>
  compose('transfer.withdraw', input, { order: input.order, reason: input.reason }, null);
