import { z } from 'zod';
import { Hash, Instant, MemberId, MspId, Salt, Text } from '../wire/scalars';
import { CertificateOpening } from '../certificate/certificate.records';
import { HoldingOpening, Piece, PieceSecret } from '../holding/holding.records';
import { Background, TransferOpening } from './transfer.records';

/**
 * `transfer.offer`: owner MC. The offer itself cuts: pieces in position order, first those offered, last the free remainder (null when the
 * holding is offered whole), all still the sender's. Ids: order i = deriveId(index 2i), its piece = deriveId(index 2i+1), remainder = deriveId(index 2n).
 */
export const OfferBody = z.strictObject({
  certificate: Hash,
  holding: Hash,
  offers: z
    .array(z.strictObject({ order: Hash, piece: Piece, receiver: Hash, receiverHost: MspId, background: Hash }))
    .min(1)
    .max(50),
  remainder: Piece.nullable(),
  until: Instant,
});
export const OfferSecret = z.strictObject({
  offers: z
    .array(
      z.strictObject({
        piece: PieceSecret,
        receiver: MemberId,
        receiverSalt: Salt,
        background: Background,
        backgroundSalt: Salt,
      }),
    )
    .min(1)
    .max(50),
  remainder: PieceSecret.nullable(),
});
/** Context of calls that touch a holding: its opening and its certificate's. */
export const HoldingContext = z.strictObject({ certificate: CertificateOpening, holding: HoldingOpening });

/** `transfer.accept`: receiver MC. `holding` = deriveId(index 0): the piece's interval, minted to the receiver. */
export const AcceptTransferBody = z.strictObject({ order: Hash, piece: Hash, holding: Piece });
export const AcceptTransferSecret = z.strictObject({ ownerSalt: Salt });
export const TransferContext = z.strictObject({
  certificate: CertificateOpening,
  holding: HoldingOpening,
  transfer: TransferOpening,
});

/** `transfer.decline`: receiver. `transfer.withdraw`: sender. Context of both: `TransferContext`. */
export const EndTransferBody = z.strictObject({ order: Hash, reason: Text });
