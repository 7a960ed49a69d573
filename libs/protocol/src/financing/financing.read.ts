import { commitOwner, hashTerms } from '@tallystick/crypto';
import { checkPiece, movedPiece } from '../holding/holding.build';
import type { HoldingOpening } from '../holding/holding.records';
import type { Unsigned } from '../instruction/instruction.build';
import { InstructionMismatch, open, same } from '../instruction/instruction.read';
import { netCommitment, type SealedApplication } from './financing.build';

const sizeOf = (piece: { lo: string; hi: string }): bigint => BigInt(piece.hi) - BigInt(piece.lo);

/** What an application says in clear; the sealed application is checked against the hash it signs. @throws InstructionMismatch */
export function readApply(unsigned: Unsigned, sealed: SealedApplication) {
  const { instruction, body, secret, id } = open('financing.apply', unsigned);
  same('order', body.order, id(0));
  same('piece.id', body.piece.id, id(1));
  checkPiece('piece', body.piece, body.certificate, instruction.member, secret.piece);
  same('application', body.application, hashTerms(sealed.applicationSalt, sealed.application));
  same('application.applicant', sealed.application.applicant, instruction.member);
  same('application.amountFen', sealed.application.amountFen, String(sizeOf(secret.piece)));
  same('remainder', body.remainder === null, secret.remainder === null);
  if (body.remainder && secret.remainder) {
    same('remainder.id', body.remainder.id, id(2));
    checkPiece('remainder', body.remainder, body.certificate, instruction.member, secret.remainder);
    same('remainder.lo', secret.remainder.lo, secret.piece.hi);
    same('remainder.loSalt', secret.remainder.loSalt, secret.piece.hiSalt);
  }
  const remainderFen = secret.remainder === null ? 0n : sizeOf(secret.remainder);
  if (sizeOf(secret.piece) <= 0n || remainderFen < 0n) throw new InstructionMismatch('piece');
  return {
    member: instruction.member,
    certificate: body.certificate,
    holding: body.holding,
    order: body.order,
    piece: body.piece.id,
    openUntil: body.openUntil,
    application: sealed.application,
    amountFen: sizeOf(secret.piece),
    remainder: body.remainder?.id ?? null,
    remainderFen,
  };
}

/** What an invitation says in clear. @throws InstructionMismatch */
export function readInvite(unsigned: Unsigned) {
  const { instruction, body, secret, id } = open('financing.invite', unsigned);
  const { bank, bankSalt: salt, application, applicationSalt } = secret;
  same('invitation', body.invitation, id(0));
  same('bank', body.bank, commitOwner({ holdingId: body.invitation, memberId: bank, salt }));
  const { order, invitation, bankHost } = body;
  // The order's application hash is on the ledger; the reader compares it with this one.
  const applicationHash = hashTerms(applicationSalt, application);
  return { member: instruction.member, order, invitation, bankHost, bank, application, applicationHash };
}

/** What a quote says in clear. @throws InstructionMismatch */
export function readQuote(unsigned: Unsigned) {
  const { instruction, body, secret, id } = open('financing.quote', unsigned);
  const { terms, termsSalt, netSalt } = secret;
  same('quote', body.quote, id(0));
  same('terms', body.terms, hashTerms(termsSalt, terms));
  same('net', body.net, netCommitment(body.quote, BigInt(terms.netFen), netSalt));
  const { order, invitation, quote, validUntil } = body;
  return { member: instruction.member, order, invitation, quote, validUntil, terms, netFen: BigInt(terms.netFen) };
}

/** What an approval says in clear. @throws InstructionMismatch */
export function readApprove(unsigned: Unsigned) {
  const { instruction, body, secret } = open('financing.approve', unsigned);
  same('checklist', body.checklist, hashTerms(secret.checklistSalt, secret.checklist));
  const { order, quote, document, validUntil } = body;
  return { member: instruction.member, order, quote, document, validUntil, checklist: secret.checklist };
}

/** What a disbursement says in clear: the piece, its amount and its new owner, the bank. @throws InstructionMismatch */
export function readDisburse(unsigned: Unsigned, piece: HoldingOpening) {
  const { instruction, body, secret, id } = open('financing.disburse', unsigned);
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
    amountFen: sizeOf(piece),
  };
}
