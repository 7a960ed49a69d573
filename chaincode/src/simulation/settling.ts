import {
  fundsOpenings,
  pageSalt,
  planPayment,
  prepareOpenings,
  type AllocateSecret,
  type FundsAmounts,
} from '@tallystick/protocol';
import type { z } from 'zod';
import {
  allocateCall,
  closeCall,
  creditedCall,
  fundsCall,
  prepareCall,
  type Answer,
  type Settling,
} from '../testing/maturity';
import { owedOn, sizeOf, type Claim, type Part, type Payment, type Share } from './book';
import { daysFrom, plusDays } from './days';
import { handFor } from './hands-at-random';
import { partiesOf, type Move, type World } from './world';

const settlingOf = ({ claim, opening, id, previous }: Payment): Settling => ({
  certificate: claim.opening,
  settlement: opening,
  order: id,
  amounts: null,
  previous,
});
const payersPlan =
  (claim: Claim): Move['plan'] =>
  (network) =>
    planPayment(partiesOf(claim, claim.creditor.record.host), network);

/** Whether the issuer may say that it pays. */
export const isPayable = (world: World, { status, settling, due, face, paid }: Claim): boolean =>
  status === 'active' &&
  settling === null &&
  world.today >= world.days.shifted(world.days.rolled(due), -3) &&
  face > paid;

/** The issuer prepares a payment. */
export async function prepare(world: World, chosen?: Claim): Promise<Move | null> {
  const { dice, book, firms, days, today } = world;
  const claim = chosen ?? dice.prefer(book.claims, (each) => isPayable(world, each));
  if (claim === null) return null;
  const by = chosen !== undefined || dice.chance(93) ? claim.issuer : dice.pick(firms);
  const hand = chosen === undefined ? handFor(world, by, 'byAmount') : 'right';
  const amount = owedOn(claim) > 0n ? owedOn(claim) : claim.face;
  const call = await prepareCall(world.client(hand, by), claim.opening, amount, by);
  return {
    name: 'settlement.prepare',
    sending: call,
    context: () => ({ certificate: claim.opening }),
    plan: payersPlan(claim),
    foresee: world.judged({ by, hand, need: 'byAmount', amount }, () => {
      if (by !== claim.issuer) return 'NOT_ISSUER';
      if (claim.status !== 'active') return 'CERTIFICATE_STATE';
      if (claim.settling !== null) return 'CERTIFICATE_SETTLING';
      if (today < days.shifted(days.rolled(claim.due), -3)) return 'SETTLEMENT_TOO_EARLY';
      return owedOn(claim) > 0n ? null : 'FUNDS_EXCEED_OUTSTANDING';
    }),
    happen: () => {
      const [opening] = prepareOpenings(call.signed).settlements;
      if (opening === undefined) throw new Error('preparing opens a settlement');
      const nothing = {
        received: 0n,
        principal: 0n,
        interest: 0n,
        outstanding: 0n,
        full: false,
        pages: [],
        previous: null,
      };
      book.payments.push({ id: opening.order, claim, state: 'prepared', opening, ...nothing });
    },
  };
}

const LATE_PPM = 500n;

/** Late interest on a day: 0.05 % of what is outstanding for each day since it was last counted, half-up. */
function lateOn({ days }: World, claim: Claim, on: string): { late: bigint; isLate: boolean } {
  const from = claim.lateFrom ?? days.rolled(claim.due);
  const count = BigInt(Math.max(0, daysFrom(from, on)));
  const exact = owedOn(claim) * LATE_PPM * count;
  return { late: claim.carried + exact / 1_000_000n + (exact % 1_000_000n >= 500_000n ? 1n : 0n), isLate: on > from };
}

/** Money came in: all that is owed, a part, or (wrongly) more. */
export async function funds(world: World, chosen?: Payment): Promise<Move | null> {
  const { dice, book, today, consortium } = world;
  const payment =
    chosen ?? dice.prefer(book.payments, ({ state, claim }) => state === 'prepared' && claim.settling === null);
  if (payment === null) return null;
  const { claim } = payment;
  const bank = claim.line.bank;
  const other = bank === consortium.firms.bankA ? consortium.firms.bankB : consortium.firms.bankA;
  const by = chosen !== undefined || dice.chance(93) ? bank : dice.pick([other, claim.issuer]);
  const hand = chosen === undefined ? handFor(world, by, 'service') : 'right';
  const paidOn = chosen === undefined && dice.chance(10) ? plusDays(today, dice.pick([-1, 1])) : today;
  const { late, isLate } = lateOn(world, claim, paidOn);
  const owed = owedOn(claim) + late;
  const isTooMuch = owed === 0n || (chosen === undefined && dice.chance(5));
  const isFull = chosen !== undefined || dice.chance(50);
  const received = isTooMuch ? owed + 1n : isFull ? owed : (owed * BigInt(1 + dice.below(99))) / 100n || 1n;
  const interest = received < late ? received : late;
  const principal = received - interest;
  const carried = late - interest;
  const amounts: FundsAmounts = {
    principalFen: principal,
    interestFen: interest,
    outstandingFen: owedOn(claim),
    paidFen: claim.paid + principal,
    carriedFen: carried === 0n ? null : carried,
    full: received === owed,
  };
  const input = { receivedFen: received, paidOn, by, amounts };
  const { amounts: _given, ...call } = await fundsCall(world.client(hand, by), settlingOf(payment), input);
  return {
    name: 'settlement.funds',
    sending: call,
    context: () => ({ certificate: claim.opening, settlement: payment.opening }),
    plan: payersPlan(claim),
    foresee: world.judged({ by, hand, need: 'service', kinds: ['BANK'] }, () => {
      if (by.record.host !== bank.record.host) return 'NOT_PAYING_BANK';
      if (payment.state !== 'prepared') return 'SETTLEMENT_STATE';
      if (claim.status !== 'active') return 'CERTIFICATE_STATE';
      if (claim.settling !== null) return 'CERTIFICATE_SETTLING';
      if (paidOn > today || paidOn < (claim.lateFrom ?? '')) return 'BAD_INPUT';
      return isTooMuch ? 'FUNDS_EXCEED_OUTSTANDING' : null;
    }),
    happen: () => {
      const before = { certificate: claim.opening, settlement: payment.opening };
      const { certificates, settlements } = fundsOpenings(call.signed, amounts, before);
      [claim.opening = claim.opening] = certificates;
      [payment.opening = payment.opening] = settlements;
      Object.assign(payment, {
        state: 'funded',
        received,
        principal,
        interest,
        outstanding: owedOn(claim),
        full: amounts.full,
      });
      claim.paid += principal;
      claim.carried = carried;
      if (isLate) claim.lateFrom = paidOn;
      claim.full = amounts.full;
      claim.settling = payment;
    },
  };
}

/** What was owed, before this payment, on the parts that its pages list so far. */
const ranOver = ({ pages }: Payment): bigint =>
  pages.flat().reduce((sum, { part, payout }) => sum + sizeOf(part) - part.paid + payout, 0n);

/** Shares of a page by running totals: what lies between two totals, each rounded down. */
function sharesOf(payment: Payment, parts: readonly Part[]): Share[] {
  const { outstanding, principal, interest } = payment;
  let running = ranOver(payment);
  return parts.map((part) => {
    const upTo = (fen: bigint, total: bigint): bigint => (fen * total) / outstanding;
    const start = running;
    running += sizeOf(part) - part.paid;
    const payout = upTo(principal, running) - upTo(principal, start);
    const late = upTo(interest, running) - upTo(interest, start);
    const redeems = payout > 0n && part.paid + payout === sizeOf(part);
    return { part, payout, interest: late, redeems, state: payout + late === 0n ? 'credited' : 'instructed' };
  });
}

/** The paying bank shares the money out, a few holdings a page. */
export async function allocate(world: World, chosen?: Payment): Promise<Move | null> {
  const { dice, book } = world;
  const payment = chosen ?? dice.prefer(book.payments, ({ state }) => state === 'funded');
  if (payment === null) return null;
  const { claim, pages } = payment;
  const done = new Set(pages.flat().map(({ part }) => part));
  const left = book.partsOf(claim).filter((part) => !done.has(part));
  const isSkipping = chosen === undefined && left.length > 1 && dice.chance(6);
  const count = chosen === undefined ? 1 + dice.below(4) : 100;
  const parts = (isSkipping ? left.slice(1) : left).slice(0, count);
  const listed = parts.length > 0 ? parts : book.partsOf(claim).slice(0, 1);
  if (listed.length === 0) return null;
  const by = claim.line.bank;
  const hand = chosen === undefined ? handFor(world, by, 'service') : 'right';
  const number = chosen === undefined && dice.chance(5) ? pages.length + 1 : pages.length;
  const openings = listed.map(({ opening }) => opening);
  const call = await allocateCall(world.client(hand, by), settlingOf(payment), openings, number, by);
  const writtenBefore = pages.length;
  return {
    name: 'settlement.allocate',
    sending: call,
    plan: payersPlan(claim),
    foresee: world.judged({ by, hand, need: 'service', kinds: ['BANK'] }, () => {
      if (listed.some(({ status }) => status === 'consumed')) return 'HOLDING_ALREADY_SPENT';
      if (payment.pages.length > writtenBefore) return 'OPENING_MISMATCH';
      if (payment.state !== 'funded') return 'SETTLEMENT_STATE';
      if (number !== payment.pages.length) return 'PAGE_OUT_OF_ORDER';
      return isSkipping ? 'ALLOCATION_MISMATCH' : null;
    }),
    happen: async ({ applied, readers }) => {
      const shares = sharesOf(payment, listed);
      const { seed } = call.signed.secret?.value as z.infer<typeof AllocateSecret>;
      for (const { part, payout } of shares.filter((share) => share.payout > 0n)) {
        part.paid += payout;
        part.opening = { ...part.opening, paid: { fen: String(part.paid), salt: pageSalt(seed, `paid:${part.id}`) } };
      }
      payment.pages.push(shares);
      const { openings: opened } = await world.consortium.bundle(readers[0] ?? '', applied[0] ?? '');
      payment.previous = opened.pages[0] ?? null;
      if (ranOver(payment) === payment.outstanding) {
        payment.state = 'allocated';
        claim.settling = null;
      }
    },
  };
}

/** The bank's answers for some payouts of a page. */
export async function credited(world: World, chosen?: { payment: Payment; page: number }): Promise<Move | null> {
  const { dice, book } = world;
  const open = book.payments.filter(({ pages }) => pages.length > 0);
  const payment = chosen?.payment ?? dice.prefer(open, ({ state }) => state !== 'closed');
  if (payment === null) return null;
  const page = chosen?.page ?? dice.below(payment.pages.length);
  const shares = payment.pages[page] ?? [];
  const state = chosen === undefined && dice.chance(20) ? 'returned' : 'credited';
  const wanted = shares.filter((share) => share.state !== state);
  const listed = chosen === undefined && dice.chance(8) ? shares : wanted;
  if (listed.length === 0) return null;
  const by = payment.claim.line.bank;
  const hand = chosen === undefined ? handFor(world, by, 'service') : 'right';
  const answers = listed.map(({ part }): Answer => ({ holding: part.id, state }));
  const sending = await creditedCall(world.client(hand, by), settlingOf(payment), answers, page, by);
  return {
    name: 'settlement.credited',
    sending,
    plan: (network) => ({ ...payersPlan(payment.claim)(network), readers: [] }),
    foresee: world.judged({ by, hand, need: 'service', kinds: ['BANK'] }, () => {
      if (payment.state === 'closed') return 'SETTLEMENT_STATE';
      return listed.some((share) => share.state === state) ? 'LINE_STATE' : null;
    }),
    happen: () => {
      for (const share of listed) {
        share.state = state;
        if (state === 'credited' && share.redeems && share.part.status === 'live') {
          share.part.status = 'redeemed';
          share.part.lock = null;
        }
      }
    },
  };
}

/** The paying bank closes a settlement. */
export async function close(world: World, chosen?: Payment): Promise<Move | null> {
  const { dice, book } = world;
  const isCredited = ({ pages }: Payment): boolean => pages.flat().every(({ state }) => state === 'credited');
  const payment = chosen ?? dice.prefer(book.payments, (each) => each.state === 'allocated' && isCredited(each));
  if (payment === null) return null;
  const { claim } = payment;
  const by = claim.line.bank;
  const hand = chosen === undefined ? handFor(world, by, 'service') : 'right';
  return {
    name: 'settlement.close',
    sending: await closeCall(world.client(hand, by), settlingOf(payment), by),
    plan: payersPlan(claim),
    foresee: world.judged({ by, hand, need: 'service', kinds: ['BANK'] }, () =>
      payment.state === 'allocated' && isCredited(payment) ? null : 'SETTLEMENT_STATE',
    ),
    happen: () => {
      payment.state = 'closed';
      if (payment.full) claim.status = 'settled';
    },
  };
}
