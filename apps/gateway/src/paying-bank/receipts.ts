import { hashSecret, signedBytes } from '@tallystick/crypto';
import {
  FundsBody,
  FundsSecret,
  InstructionSchema,
  netCommitment,
  ReceiptBody,
  SecretSchema,
  type InstructionSignature,
} from '@tallystick/protocol';
import { z } from 'zod';
import type { ServiceKey } from '../submissions/service-keys';
import type { BookedPayment } from './ledger-of-accounts';

/** What a gateway asks the paying bank to sign: that money came in, or that a net amount was paid. */
export const SigningRequest = z.strictObject({
  endToEndId: z.string().min(1).max(35),
  instruction: InstructionSchema,
  /** Of `settlement.funds`. */
  secret: SecretSchema.nullable(),
  /** Opens the net commitment of `financing.receipt`. */
  net: z.strictObject({ quote: z.string(), salt: z.string() }).nullable(),
});
export type SigningRequest = z.infer<typeof SigningRequest>;

/** The bank's books do not say what it is asked to sign. */
export class NotOnTheBooks extends Error {
  override readonly name = 'NotOnTheBooks';
}

/** The bank signs nothing but what its own books show: this payment, this amount, this day. @throws NotOnTheBooks */
export async function signReceipt(
  { instruction, secret, net }: SigningRequest,
  payment: BookedPayment | null,
  key: ServiceKey,
): Promise<InstructionSignature> {
  if (payment?.status !== 'ACSC') throw new NotOnTheBooks('payment');
  const call = `${instruction.contract}.${instruction.fn}`;
  const stated =
    call === 'settlement.funds'
      ? statedFunds(instruction, secret)
      : call === 'financing.receipt'
        ? statedReceipt(instruction, net, payment)
        : null;
  if (stated === null) throw new NotOnTheBooks('call');
  if (stated.fen !== payment.creditedFen) throw new NotOnTheBooks('amount');
  if (stated.paidOn !== payment.bookedOn || stated.reference !== payment.bankReference)
    throw new NotOnTheBooks('booking');
  const sig = await key.signer.sign(signedBytes('service', instruction));
  return { role: 'service', keyId: key.keyId, kind: 'raw', sig };
}

interface Stated {
  fen: bigint;
  paidOn: string;
  reference: string;
}

function statedFunds(instruction: SigningRequest['instruction'], secret: SigningRequest['secret']): Stated | null {
  const { paidOn, reference } = FundsBody.parse(instruction.body);
  if (secret === null || hashSecret({ salt: secret.salt, secret: secret.value }) !== instruction.secretHash)
    return null;
  return { fen: BigInt(FundsSecret.parse(secret.value).receivedFen), paidOn, reference };
}

/** The instruction names the amount by its commitment only, so the amount paid must open it. */
function statedReceipt(
  instruction: SigningRequest['instruction'],
  net: SigningRequest['net'],
  { creditedFen }: BookedPayment,
): Stated | null {
  const body = ReceiptBody.parse(instruction.body);
  if (net === null || netCommitment(net.quote, creditedFen, net.salt) !== body.net) return null;
  return { fen: creditedFen, paidOn: body.paidOn, reference: body.reference };
}
