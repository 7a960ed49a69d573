import { commitOwner, hashTerms } from '@tallystick/crypto';
import { decideOffer, sumFen } from '@tallystick/domain';
import { openingsOfOffer, type HoldingContext, type MemberKind, type MemberRecord } from '@tallystick/protocol';
import type { z } from 'zod';
import type { Call } from '../authorisation/call';
import type { Effects } from '../contract/finish';
import { requireNamed } from '../contract/require-named';
import { provenCut, writeCut, type ClaimedPiece } from '../holding/move-holding';
import { openTo, provenHolding } from '../holding/proven-holding';
import { allowed, provenOpening, Refused } from '../refusal/refused';
import { valuePolicy } from '../state/key-policy';

type OfferCall = Call<'transfer.offer', z.infer<typeof HoldingContext>>;

/** Firms that trade: an operator or a regulator never holds a claim. */
const MAY_HOLD: readonly MemberKind[] = ['CORE', 'SUPPLIER', 'BANK'];

/**
 * `transfer.offer`: the holding is cut at once into one locked piece per receiver and the free remainder, all still the sender's.
 * @throws Refused as `decideOffer`; MEMBER_KIND; OPENING_MISMATCH; BAD_INPUT for an id, host or remainder that is not as derived
 */
export async function offer(call: OfferCall): Promise<Effects> {
  const { state, body, secret, member, key } = call;
  if (secret.offers.length !== body.offers.length) throw new Refused('BAD_INPUT', { field: 'secret.offers' });
  const holding = await provenHolding(call, body.holding);
  const receivers = secret.offers.map(({ receiver }) => call.activeMember(receiver));
  const amounts = secret.offers.map(({ piece }) => BigInt(piece.hi) - BigInt(piece.lo));
  const pieces = receivers.map((receiver, index) => ({ receiver, amountFen: amounts[index] ?? 0n }));
  const cut = allowed(decideOffer(holding.view, { caller: member.id, pieces, until: body.until }, holding.context));

  const claimed: ClaimedPiece[] = body.offers.map((offered, index) => {
    const receiver = receivers[index];
    const clear = secret.offers[index];
    const range = cut.pieces[index];
    if (receiver === undefined || clear === undefined || range === undefined)
      throw new Error('a piece without a range');
    requireNamed(`offers.${index}.order`, offered.order, call.newId(2 * index));
    requireNamed(`offers.${index}.piece`, offered.piece.id, call.newId(2 * index + 1));
    requireReceiver(offered, receiver, clear);
    return { piece: offered.piece, secret: clear.piece, range, lock: { order: offered.order, until: body.until } };
  });
  const rest = remainderOf(call, cut.remainder);
  const proven = provenCut(holding, rest === null ? claimed : [...claimed, rest]);

  await writeCut(state, holding, proven, key);
  for (const { order, piece, receiver, receiverHost, background } of body.offers) {
    const record = {
      schema: 1 as const,
      kind: 'transfer' as const,
      id: order,
      certificate: body.certificate,
      holding: piece.id,
      senderHost: holding.record.host,
      receiverHost,
      receiver,
      background,
      until: body.until,
      state: 'open' as const,
    };
    await state.create('Order', [order], record, valuePolicy(holding.parties));
  }
  return {
    ids: [...body.offers.flatMap(({ order, piece }) => [order, piece.id]), ...(rest === null ? [] : [rest.piece.id])],
    openings: openTo(holding.parties, {
      certificates: [call.context.certificate],
      ...openingsOfOffer(call, holding.opening),
    }),
    amountsFen: [sumFen(amounts)],
  };
}

/** The receiver may hold claims, is named by the commitment and hosted where its copy will go; the trade is the one signed. */
function requireReceiver(
  offered: OfferCall['body']['offers'][number],
  receiver: MemberRecord,
  clear: OfferCall['secret']['offers'][number],
): void {
  if (!MAY_HOLD.some((kind) => receiver.kinds.includes(kind))) {
    throw new Refused('MEMBER_KIND', { memberId: receiver.id, neededKind: MAY_HOLD.join('/') });
  }
  const named = commitOwner({ holdingId: offered.order, memberId: receiver.id, salt: clear.receiverSalt });
  const background = hashTerms(clear.backgroundSalt, clear.background);
  const opens = named === offered.receiver && background === offered.background;
  provenOpening(opens, 'Order', offered.order);
  requireNamed('offers.receiverHost', offered.receiverHost, receiver.host);
}

/** The free remainder as signed. @throws Refused BAD_INPUT when there is one and none is signed, or the other way round */
function remainderOf(call: OfferCall, range: { lo: bigint; hi: bigint } | null): ClaimedPiece | null {
  const { body, secret } = call;
  if (range === null && body.remainder === null && secret.remainder === null) return null;
  if (range === null || body.remainder === null || secret.remainder === null) {
    throw new Refused('BAD_INPUT', { field: 'remainder' });
  }
  requireNamed('remainder', body.remainder.id, call.newId(2 * body.offers.length));
  return { piece: body.remainder, secret: secret.remainder, range, lock: null };
}
