import { z } from 'zod';
import { Hash, Instant, MemberId, MspId, Salt, Text } from '../wire/scalars';

/** `Order/<id>` of kind `transfer`: one receiver's offer. `receiver` = commitOwner({ holdingId: order id, memberId, salt }). */
export const TransferOrder = z.strictObject({
  schema: z.literal(1),
  kind: z.literal('transfer'),
  id: Hash,
  certificate: Hash,
  holding: Hash,
  senderHost: MspId,
  receiverHost: MspId,
  receiver: Hash,
  background: Hash,
  until: Instant,
  state: z.enum(['open', 'accepted', 'declined', 'withdrawn']),
});
export type TransferOrder = z.infer<typeof TransferOrder>;

/** Trade behind this hop (77号: real trade); `TransferOrder.background = hashTerms(backgroundSalt, background)`. */
export const Background = z.strictObject({ contractNo: z.string().max(60), invoiceNo: z.string().max(60), note: Text });
export type Background = z.infer<typeof Background>;

export const TransferOpening = z.strictObject({
  order: Hash,
  sender: MemberId,
  receiver: MemberId,
  receiverSalt: Salt,
  background: Background,
  backgroundSalt: Salt,
});
export type TransferOpening = z.infer<typeof TransferOpening>;
