import { commitAmount } from '@tallystick/crypto';
import { newSalt } from '../holding/holding.build';
import { compose, newId, type Authoring, type Unsigned } from '../instruction/instruction.build';
import { open, same } from '../instruction/instruction.read';
import type { CertificateOpening } from '../certificate/certificate.records';
import type { SettlementOpening } from './settlement.records';

/** `settlement.prepare`: the issuer says how much it means to pay. */
export function buildPrepare(input: Authoring & { certificate: string; amountFen: bigint }): Unsigned {
  const { certificate, amountFen, random } = input;
  const order = newId(input, 0);
  const amountSalt = newSalt(random);
  const amount = commitAmount({ recordId: order, label: 'amount', fen: amountFen, salt: amountSalt });
  const secret = { amountFen: String(amountFen), amountSalt };
  return compose('settlement.prepare', input, { certificate, order, amount }, secret);
}

/** Opening of the settlement order. */
export function prepareOpenings(signed: Unsigned): { settlements: SettlementOpening[] } {
  const { body, secret } = open('settlement.prepare', signed);
  return {
    settlements: [
      {
        order: body.order,
        amountFen: secret.amountFen,
        amountSalt: secret.amountSalt,
        principalFen: null,
        principalSalt: null,
        interestFen: null,
        interestSalt: null,
        outstandingFen: null,
        outstandingSalt: null,
      },
    ],
  };
}

/** What preparing says in clear. @throws InstructionMismatch */
export function readPrepare(unsigned: Unsigned) {
  const { instruction, body, secret, id } = open('settlement.prepare', unsigned);
  const amountFen = BigInt(secret.amountFen);
  const { certificate, order } = body;
  same('order', order, id(0));
  const label = { recordId: order, label: 'amount' };
  same('amount', body.amount, commitAmount({ ...label, fen: amountFen, salt: secret.amountSalt }));
  return { member: instruction.member, certificate, order, amountFen };
}

/** How received money is met, in fen, as the domain's `decideFunds` says: before it (`outstanding`) and after it (`paid`, `carried`). */
export interface FundsAmounts {
  principalFen: bigint;
  interestFen: bigint;
  /** Principal payable before this payment. */
  outstandingFen: bigint;
  /** Principal paid on the certificate after this payment. */
  paidFen: bigint;
  /** Late interest that stays unpaid; null when there is none. */
  carriedFen: bigint | null;
  full: boolean;
}

/** `settlement.funds`, by the paying bank's service: money came in. */
export function buildFunds(
  input: Authoring & {
    order: string;
    certificate: string;
    receivedFen: bigint;
    amounts: FundsAmounts;
    paidOn: string;
    reference: string;
  },
): Unsigned {
  const { order, certificate, receivedFen, amounts, paidOn, reference, random } = input;
  const secret = {
    receivedFen: String(receivedFen),
    principalSalt: newSalt(random),
    interestSalt: newSalt(random),
    outstandingSalt: newSalt(random),
    paidSalt: newSalt(random),
    carriedSalt: amounts.carriedFen === null ? null : newSalt(random),
  };
  const commitments = fundsCommitments({ order, certificate }, amounts, secret);
  return compose(
    'settlement.funds',
    input,
    { order, certificate, ...commitments, full: amounts.full, paidOn, reference },
    secret,
  );
}

/** The five commitments of a receipt, from its amounts and salts. */
export function fundsCommitments(
  ids: { order: string; certificate: string },
  amounts: FundsAmounts,
  salts: {
    principalSalt: string;
    interestSalt: string;
    outstandingSalt: string;
    paidSalt: string;
    carriedSalt: string | null;
  },
) {
  const commit = (recordId: string, label: string, fen: bigint, salt: string): string =>
    commitAmount({ recordId, label, fen, salt });
  return {
    principal: commit(ids.order, 'principal', amounts.principalFen, salts.principalSalt),
    interest: commit(ids.order, 'interest', amounts.interestFen, salts.interestSalt),
    outstanding: commit(ids.order, 'outstanding', amounts.outstandingFen, salts.outstandingSalt),
    paid: commit(ids.certificate, 'paid', amounts.paidFen, salts.paidSalt),
    carried:
      amounts.carriedFen === null || salts.carriedSalt === null
        ? null
        : commit(ids.certificate, 'carried', amounts.carriedFen, salts.carriedSalt),
  };
}

/** Openings of order and certificate after a receipt. */
export function fundsOpenings(
  signed: Unsigned,
  amounts: FundsAmounts,
  before: { certificate: CertificateOpening; settlement: SettlementOpening },
): { certificates: CertificateOpening[]; settlements: SettlementOpening[] } {
  const { secret } = open('settlement.funds', signed);
  const carried =
    amounts.carriedFen === null || secret.carriedSalt === null
      ? null
      : { fen: String(amounts.carriedFen), salt: secret.carriedSalt };
  return {
    certificates: [{ ...before.certificate, paid: { fen: String(amounts.paidFen), salt: secret.paidSalt }, carried }],
    settlements: [
      {
        ...before.settlement,
        principalFen: String(amounts.principalFen),
        principalSalt: secret.principalSalt,
        interestFen: String(amounts.interestFen),
        interestSalt: secret.interestSalt,
        outstandingFen: String(amounts.outstandingFen),
        outstandingSalt: secret.outstandingSalt,
      },
    ],
  };
}

/** What a receipt says in clear; the split of the money is given by the reader's own reckoning and checked. @throws InstructionMismatch */
export function readFunds(unsigned: Unsigned, amounts: FundsAmounts) {
  const { instruction, body, secret } = open('settlement.funds', unsigned);
  const { order, certificate, paidOn, reference } = body;
  const recomputed = fundsCommitments({ order, certificate }, amounts, secret);
  same('principal', body.principal, recomputed.principal);
  same('interest', body.interest, recomputed.interest);
  same('outstanding', body.outstanding, recomputed.outstanding);
  same('paid', body.paid, recomputed.paid);
  same('carried', body.carried, recomputed.carried);
  same('carriedSalt', secret.carriedSalt === null, amounts.carriedFen === null);
  same('full', body.full, amounts.full);
  same('receivedFen', secret.receivedFen, String(amounts.principalFen + amounts.interestFen));
  return {
    member: instruction.member,
    order,
    certificate,
    paidOn,
    reference,
    receivedFen: BigInt(secret.receivedFen),
    ...amounts,
  };
}

/** `settlement.allocate`, by the paying bank's service: the next page of holdings, in position order. */
export function buildAllocate(
  input: Authoring & { order: string; certificate: string; page: number; holdings: string[] },
): Unsigned {
  const { order, certificate, page, holdings, random } = input;
  return compose('settlement.allocate', input, { order, certificate, page, holdings }, { seed: random(32) });
}

/** `settlement.credited`, by the paying bank's service: what became of payments of one page. */
export function buildCredited(
  input: Authoring & {
    order: string;
    page: number;
    results: { holding: string; state: 'credited' | 'returned'; reference: string }[];
  },
): Unsigned {
  const { order, page, results } = input;
  return compose('settlement.credited', input, { order, page, results }, null);
}

/** `settlement.close`, by the paying bank's service, once every line is credited. */
export const buildCloseSettlement = (input: Authoring & { order: string; certificate: string }): Unsigned =>
  compose('settlement.close', input, { order: input.order, certificate: input.certificate }, null);
