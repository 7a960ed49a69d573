import {
  acceptTransferOpenings,
  buildAcceptTransfer,
  buildDeclineTransfer,
  buildOffer,
  buildWithdrawTransfer,
  offerOpenings,
  type CertificateOpening,
  type HoldingOpening,
  type SignedInstruction,
  type TransferOpening,
  type Unsigned,
} from '@tallystick/protocol';
import { offerDeadline } from '@tallystick/domain';
import { certificateView } from '../certificate/certificate-view';
import { BANK_A, CORE, type Consortium, type SignedCall } from './consortium';
import type { Firm } from './firm';

/** A holding as its owner knows it. */
export interface Held {
  certificate: CertificateOpening;
  holding: HoldingOpening;
}

/** One receiver's offer as sender and receiver know it: `holding` is the locked piece. */
export interface Offered extends Held {
  transfer: TransferOpening;
}

export interface OfferInput {
  to: { receiver: Firm; amountFen: bigint; host?: string }[];
  until?: string;
}

const background = { contractNo: 'HT-2026-014', invoiceNo: '26442000000000000017', note: '' };

/** The latest end of an offer made now. */
export async function latestUntil(consortium: Consortium, { certificate }: Held): Promise<string> {
  const record = await consortium.record('Certificate', certificate.certificate);
  const { now, rules } = consortium;
  return offerDeadline({
    certificate: certificateView(record),
    faceFen: BigInt(certificate.terms.faceFen),
    now,
    rules,
  });
}

/** An offer before it is signed. */
export async function unsignedOffer(
  consortium: Consortium,
  held: Held,
  from: Firm,
  input: OfferInput,
): Promise<Unsigned> {
  const until = input.until ?? (await latestUntil(consortium, held));
  const to = input.to.map(({ receiver, amountFen, host }) => ({
    receiver: receiver.record.id,
    receiverHost: host ?? receiver.record.host,
    amountFen,
    background,
  }));
  return buildOffer({ ...consortium.authoring(from), holding: held.holding, to, until });
}

/** Readers of what a firm's host, the issuer and the witness see. */
export const readersFor = (firm: Firm): string[] => [...new Set([firm.record.host, CORE, BANK_A])].sort();

/** The sending of a signed offer. */
export function offerSending(held: Held, from: Firm, receivers: Firm[], signed: SignedInstruction): SignedCall {
  const context = { certificate: held.certificate, holding: held.holding };
  return { contract: 'transfer', fn: 'offer', signed, members: receivers, readers: readersFor(from), context };
}

export async function offerCall(
  consortium: Consortium,
  held: Held,
  from: Firm,
  input: OfferInput,
): Promise<SignedCall> {
  const signed = await consortium.sign(await unsignedOffer(consortium, held, from, input), from);
  const receivers = input.to.map(({ receiver }) => receiver);
  return offerSending(held, from, receivers, signed);
}

/** Sends an offer; answers what each receiver gets to see and the free remainder. */
export async function offer(
  consortium: Consortium,
  held: Held,
  from: Firm,
  input: OfferInput,
): Promise<{ offered: Offered[]; rest: Held | null }> {
  const call = await offerCall(consortium, held, from, input);
  await consortium.submit(call);
  const { holdings, transfers } = offerOpenings(call.signed, held.holding);
  const { certificate } = held;
  const offered = transfers.map((transfer, index) => ({ certificate, holding: holdings[index]!, transfer }));
  const rest = holdings[transfers.length];
  return { offered, rest: rest === undefined ? null : { certificate, holding: rest } };
}

export const unsignedAccept = (consortium: Consortium, { transfer, holding }: Offered, by: Firm): Unsigned =>
  buildAcceptTransfer({ ...consortium.authoring(by), order: transfer.order, piece: holding });

/** The sending of a signed answer to an offer. */
export function answerSending(fn: string, offered: Offered, readers: string[], signed: SignedInstruction): SignedCall {
  const { certificate, holding, transfer } = offered;
  return { contract: 'transfer', fn, signed, readers, context: { certificate, holding, transfer } };
}

export async function acceptCallOf(consortium: Consortium, offered: Offered, by: Firm): Promise<SignedCall> {
  const signed = await consortium.sign(unsignedAccept(consortium, offered, by), by);
  return answerSending('accept', offered, readersFor(by), signed);
}

/** The receiver accepts; answers its new holding. */
export async function acceptOffer(consortium: Consortium, offered: Offered, by: Firm): Promise<Held> {
  const call = await acceptCallOf(consortium, offered, by);
  await consortium.submit(call);
  const [holding] = acceptTransferOpenings(call.signed, offered.holding).holdings;
  return { certificate: offered.certificate, holding: holding! };
}

/** Receiver declines or sender withdraws, by one person. */
export async function endCallOf(
  consortium: Consortium,
  fn: 'decline' | 'withdraw',
  offered: Offered,
  by: Firm,
): Promise<SignedCall> {
  const input = { ...consortium.authoring(by), order: offered.transfer.order, reason: 'not ours' };
  const unsigned = fn === 'decline' ? buildDeclineTransfer(input) : buildWithdrawTransfer(input);
  return answerSending(fn, offered, [], await consortium.sign(unsigned, by, 'maker'));
}

/** Offers and accepts: the piece is the receiver's, the rest stays the sender's. */
export async function pass(
  consortium: Consortium,
  held: Held,
  from: Firm,
  to: Firm,
  amountFen: bigint,
): Promise<{ given: Held; rest: Held | null }> {
  const { offered, rest } = await offer(consortium, held, from, { to: [{ receiver: to, amountFen }] });
  return { given: await acceptOffer(consortium, offered[0]!, to), rest };
}
