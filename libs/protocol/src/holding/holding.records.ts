import { z } from 'zod';
import { FenString, Hash, Instant, MemberId, MspId, Salt } from '../wire/scalars';
import { OpenedAmount } from '../certificate/certificate.records';

/** A lock names its order; past `until` (business time) it counts as gone. A financing that is agreed also asks its Agreement (`financing/`). */
export const HoldingLock = z.strictObject({ order: Hash, until: Instant.nullable() });
export type HoldingLock = z.infer<typeof HoldingLock>;

/** `Holding/<id>`: topology is public, values are not. `lo`/`hi` are cut commitments shared with the neighbours. */
export const HoldingRecord = z.strictObject({
  schema: z.literal(1),
  id: Hash,
  certificate: Hash,
  parent: Hash.nullable(),
  lo: Hash,
  hi: Hash,
  owner: Hash,
  host: MspId,
  depth: z.int().min(0).max(100),
  status: z.enum(['live', 'consumed', 'redeemed']),
  lock: HoldingLock.nullable(),
  /** `commitAmount(recordId = holding id, label 'paid')`; null means nothing was paid yet. */
  paid: Hash.nullable(),
  /** Instruction (key) that made it, and the one that consumed it. */
  madeBy: Hash,
  spentBy: Hash.nullable(),
});
export type HoldingRecord = z.infer<typeof HoldingRecord>;

/** Clear values of a holding. Salts of `lo` and `hi` are known to both neighbours at that cut. */
export const HoldingOpening = z.strictObject({
  holding: Hash,
  certificate: Hash,
  lo: FenString,
  loSalt: Salt,
  hi: FenString,
  hiSalt: Salt,
  owner: MemberId,
  ownerSalt: Salt,
  paid: OpenedAmount.nullable(),
});
export type HoldingOpening = z.infer<typeof HoldingOpening>;

/** A new piece as signed: id, its cut commitments and its owner commitment. */
export const Piece = z.strictObject({ id: Hash, lo: Hash, hi: Hash, owner: Hash });
export type Piece = z.infer<typeof Piece>;
/** The same piece in clear, in the secret. */
export const PieceSecret = z.strictObject({
  lo: FenString,
  loSalt: Salt,
  hi: FenString,
  hiSalt: Salt,
  ownerSalt: Salt,
});
export type PieceSecret = z.infer<typeof PieceSecret>;
