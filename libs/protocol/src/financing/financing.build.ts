import { commitAmount, commitOwner, hashTerms } from '@tallystick/crypto';
import { cutHolding, movedOpening, movedPiece, newSalt, pieceOpening } from '../holding/holding.build';
import type { HoldingOpening } from '../holding/holding.records';
import { compose, newId, type Authoring, type Unsigned } from '../instruction/instruction.build';
import { open } from '../instruction/instruction.read';
import { nth } from '../wire/nth';
import type { Application, Checklist, InvitationOpening, QuoteOpening, QuoteTerms } from './financing.records';

/** An application with the salt of its hash: kept by the applicant and shown to invited banks only. */
export interface SealedApplication {
  application: Application;
  applicationSalt: string;
}

/**
 * `financing.apply`: locks `application.amountFen` of the author's holding, cutting it when that is not all of it.
 * The answer holds the sealed application too: invitations need it, and it is not in the instruction's secret.
 * @throws RangeError when the amount is not positive or exceeds the holding
 */
export function buildApply(
  input: Authoring & { holding: HoldingOpening; application: Application; openUntil: string },
): Unsigned & { sealed: SealedApplication } {
  const { holding, application, openUntil, random } = input;
  const order = newId(input, 0);
  const cut = cutHolding(holding, [BigInt(application.amountFen)], [newId(input, 1), newId(input, 2)], random);
  const sealed = { application, applicationSalt: newSalt(random) };
  const unsigned = compose(
    'financing.apply',
    input,
    {
      certificate: holding.certificate,
      holding: holding.holding,
      order,
      piece: nth(cut.pieces, 0),
      remainder: cut.pieces[1] ?? null,
      application: hashTerms(sealed.applicationSalt, application),
      openUntil,
    },
    { piece: nth(cut.secrets, 0), remainder: cut.secrets[1] ?? null },
  );
  return { ...unsigned, sealed };
}

/** Openings of the pieces that an application makes: the locked one, then the remainder. */
export function applyOpenings(signed: Unsigned, holding: HoldingOpening): { holdings: HoldingOpening[] } {
  const { body, secret } = open('financing.apply', signed);
  const locked = pieceOpening(holding, body.piece.id, secret.piece);
  return {
    holdings:
      body.remainder && secret.remainder
        ? [locked, pieceOpening(holding, body.remainder.id, secret.remainder)]
        : [locked],
  };
}

/** `financing.invite`: shows the application to one bank. */
export function buildInvite(
  input: Authoring & { order: string; bank: string; bankHost: string; sealed: SealedApplication },
): Unsigned {
  const { order, bank, bankHost, sealed, random } = input;
  const invitation = newId(input, 0);
  const bankSalt = newSalt(random);
  const commitment = commitOwner({ holdingId: invitation, memberId: bank, salt: bankSalt });
  return compose(
    'financing.invite',
    input,
    { order, invitation, bank: commitment, bankHost },
    { bank, bankSalt, application: sealed.application, applicationSalt: sealed.applicationSalt },
  );
}

/** Opening of the invitation. */
export function inviteOpenings(signed: Unsigned): { invitations: InvitationOpening[] } {
  const { body, secret } = open('financing.invite', signed);
  return { invitations: [{ invitation: body.invitation, order: body.order, ...secret }] };
}

/** `financing.quote`: the whole price, secret from other banks. `terms` come from the domain's pricing. */
export function buildQuote(
  input: Authoring & { order: string; invitation: string; terms: QuoteTerms; validUntil: string },
): Unsigned {
  const { order, invitation, terms, validUntil, random } = input;
  const quote = newId(input, 0);
  const secret = { terms, termsSalt: newSalt(random), netSalt: newSalt(random) };
  const net = netCommitment(quote, BigInt(terms.netFen), secret.netSalt);
  const hash = hashTerms(secret.termsSalt, terms);
  return compose('financing.quote', input, { order, invitation, quote, terms: hash, net, validUntil }, secret);
}

/** Commitment to a quote's net amount, by which the receipt of the payment names it. */
export const netCommitment = (quote: string, netFen: bigint, salt: string): string =>
  commitAmount({ recordId: quote, label: 'net', fen: netFen, salt });

/** Opening of the quote. */
export function quoteOpenings(signed: Unsigned): { quotes: QuoteOpening[] } {
  const { instruction, body, secret } = open('financing.quote', signed);
  const { quote, order, invitation } = body;
  return { quotes: [{ quote, order, invitation, bank: instruction.member, ...secret }] };
}

/** `financing.withdrawQuote`, by the bank. */
export const buildWithdrawQuote = (input: Authoring & { quote: string; invitation: string }): Unsigned =>
  compose('financing.withdrawQuote', input, { quote: input.quote, invitation: input.invitation }, null);

/** `financing.refuse`: an invited bank will not quote. */
export const buildRefuseInvitation = (input: Authoring & { invitation: string; reason: string }): Unsigned =>
  compose('financing.refuse', input, { invitation: input.invitation, reason: input.reason }, null);

/** `financing.acceptQuote`, by the owner; names the net commitment, so that a quote changed meanwhile is not accepted. */
export function buildAcceptQuote(
  input: Authoring & { order: string; quote: string; net: string; bankHost: string },
): Unsigned {
  const { order, quote, net, bankHost } = input;
  return compose('financing.acceptQuote', input, { order, quote, net, bankHost }, null);
}

/** `financing.approve`: the bank's yes, with its checklist; `document` is the SHA-256 of the agreement's text. */
export function buildApprove(
  input: Authoring & { order: string; quote: string; document: string; checklist: Checklist; validUntil: string },
): Unsigned {
  const { order, quote, document, checklist, validUntil, random } = input;
  const checklistSalt = newSalt(random);
  const hash = hashTerms(checklistSalt, checklist);
  return compose(
    'financing.approve',
    input,
    { order, quote, document, checklist: hash, validUntil },
    { checklist, checklistSalt },
  );
}

/** `financing.sign`: owner first, then bank. */
export function buildSign(input: Authoring & { order: string; document: string; as: 'owner' | 'bank' }): Unsigned {
  const { order, document, as } = input;
  return compose('financing.sign', input, { order, document, as }, null);
}

/** `financing.disburse`: the locked piece becomes the author's (the bank's), together with a receipt of the payment. */
export function buildDisburse(input: Authoring & { order: string; piece: HoldingOpening }): Unsigned {
  const { order, piece, author, random } = input;
  const ownerSalt = newSalt(random);
  const holding = movedPiece(piece, newId(input, 0), author.member, ownerSalt);
  return compose('financing.disburse', input, { order, piece: piece.holding, holding }, { ownerSalt });
}

/** Opening of the bank's new holding. */
export function disburseOpenings(signed: Unsigned, piece: HoldingOpening): { holdings: HoldingOpening[] } {
  const { instruction, body, secret } = open('financing.disburse', signed);
  return { holdings: [movedOpening(piece, body.holding.id, instruction.member, secret.ownerSalt)] };
}

/** `financing.receipt`: another clearing bank (or the payee) says that the net amount was paid. */
export function buildReceipt(
  input: Authoring & { order: string; net: string; paidOn: string; reference: string },
): Unsigned {
  const { order, net, paidOn, reference } = input;
  return compose('financing.receipt', input, { order, net, paidOn, reference }, null);
}

/** `financing.withdraw`, by the owner before a quote is accepted. */
export const buildWithdrawFinancing = (input: Authoring & { order: string; reason: string }): Unsigned =>
  compose('financing.withdraw', input, { order: input.order, reason: input.reason }, null);

/** `financing.fail`: owner and bank, each with an instruction of its own in one request, give up what was signed but not paid. */
export const buildFailFinancing = (input: Authoring & { order: string; reason: string }): Unsigned =>
  compose('financing.fail', input, { order: input.order, reason: input.reason }, null);

/** `financing.reject`, by the agreed bank before the agreement is signed. */
export const buildRejectFinancing = (input: Authoring & { order: string; reason: string }): Unsigned =>
  compose('financing.reject', input, { order: input.order, reason: input.reason }, null);
