import { disburseOpenings, planMove, type SignedInstruction } from '@tallystick/protocol';
import { approveCall, disburseCall, disbursing, receiptOf, signCall, type Quoted } from '../testing/cash';
import type { Consortium } from '../testing/consortium';
import type { Firm } from '../testing/firm';
import { isSpent, sizeOf, type Deal } from './book';
import { midnightAfter, plusDays, sooner } from './days';
import { dealPlan, quotedOf } from './deal';
import { handFor } from './hands-at-random';
import { movedTo } from './transferring';
import { partiesOfPart, type Move, type World } from './world';

function agreedFault({ now }: World, { state, decideBy }: Deal): string | null {
  if (state !== 'agreed' || decideBy === null) return 'ORDER_STATE';
  return now >= decideBy ? 'DECIDE_BY_PASSED' : null;
}
const notLive = ({ part }: Deal): string | null => (isSpent(part) ? 'HOLDING_ALREADY_SPENT' : null);

/** The bank of a price approves the agreement; only the chosen one may. */
export async function approve(world: World): Promise<Move | null> {
  const { dice, book, days, now } = world;
  const price = dice.prefer(
    book.prices,
    ({ asked: { deal } }) => agreedFault(world, deal) === null && deal.agreement === null,
  );
  if (price === null) return null;
  const { asked } = price;
  const { deal, bank: by } = asked;
  const lastDay = days.rolled(deal.part.claim.due);
  const isTooLong = dice.chance(5);
  const wanted = new Date(Date.parse(now) + 86_400_000 * 10).toISOString();
  const validUntil = isTooLong ? midnightAfter(plusDays(lastDay, 1)) : sooner(wanted, midnightAfter(lastDay));
  const hand = handFor(world, by, 'approval');
  return {
    name: 'financing.approve',
    sending: await approveCall(world.client(hand, by), quotedOf(price), { validUntil }),
    plan: dealPlan(asked),
    foresee: world.judged({ by, hand, need: 'approval', kinds: ['BANK'] }, () => {
      if (deal.chosen !== null && deal.chosen !== price) return 'OPENING_MISMATCH';
      if (deal.chosen === null) return 'NOT_INVITED';
      const fault = agreedFault(world, deal);
      if (fault !== null) return fault;
      if (deal.agreement !== null) return 'RECORD_EXISTS';
      if (validUntil <= world.now) return 'AGREEMENT_OVER';
      return isTooLong ? 'BAD_INPUT' : notLive(deal);
    }),
    happen: () => {
      deal.agreement = { state: 'approved', validUntil };
    },
  };
}

/** Owner or bank signs, in or out of order. */
export async function sign(world: World): Promise<Move | null> {
  const { dice, book, firms } = world;
  const deal = dice.prefer(
    book.deals.filter(({ chosen }) => chosen !== null),
    (each) => agreedFault(world, each) === null && each.agreement !== null && each.agreement.state !== 'signed',
  );
  if (deal?.chosen == null) return null;
  const { asked } = deal.chosen;
  const turn = deal.agreement?.state === 'ownerSigned' ? 'bank' : 'owner';
  const as = dice.chance(85) ? turn : dice.pick(['owner', 'bank'] as const);
  const entitled = as === 'owner' ? deal.owner : asked.bank;
  const by = dice.chance(93) ? entitled : dice.pick(firms);
  const hand = handFor(world, by, 'byAmount');
  return {
    name: 'financing.sign',
    sending: await signCall(world.client(hand, by), quotedOf(deal.chosen), as, { by }),
    plan: dealPlan(asked),
    foresee: world.judged({ by, hand, need: 'byAmount', amount: sizeOf(deal.part) }, () => {
      if (deal.agreement === null) return 'RECORD_NOT_FOUND';
      if (by !== entitled) return as === 'owner' ? 'NOT_OWNER' : 'NOT_INVITED';
      const fault = agreedFault(world, deal);
      if (fault !== null) return fault;
      if (deal.agreement.state !== (as === 'owner' ? 'approved' : 'ownerSigned')) return 'SIGNING_OUT_OF_ORDER';
      return notLive(deal);
    }),
    happen: () => {
      if (deal.agreement !== null) deal.agreement.state = as === 'owner' ? 'ownerSigned' : 'signed';
    },
  };
}

const RECEIPTS = {
  clearing: 10,
  payee: 3,
  own: 1,
  none: 1,
  otherNet: 1,
  supplier: 1,
  payeeService: 1,
  early: 1,
} as const;
const RECEIPT_FAULTS: Partial<Record<keyof typeof RECEIPTS, string>> = {
  own: 'RECEIPT_NOT_INDEPENDENT',
  none: 'RECEIPT_REQUIRED',
  otherNet: 'RECEIPT_MISMATCH',
  supplier: 'MEMBER_KIND',
};

/** The receipt of a payment as somebody gives it, right or wrong. */
async function receipt(
  { consortium, today, book }: World,
  client: Consortium,
  deal: Deal,
  quoted: Quoted,
  kind: keyof typeof RECEIPTS,
): Promise<{ signed: SignedInstruction | null; giver: Firm | null }> {
  const { bankA, bankB, suppliers } = consortium.firms;
  const clearing = quoted.bank === bankA ? bankB : bankA;
  const stranger = suppliers.find((firm) => firm !== deal.owner && !book.suspended.has(firm)) ?? clearing;
  const giver = { clearing, otherNet: clearing, early: clearing, own: quoted.bank, supplier: stranger };
  switch (kind) {
    case 'none':
      return { signed: null, giver: null };
    case 'payee':
      return { signed: await receiptOf(client, quoted, deal.owner, ['maker', 'checker']), giver: deal.owner };
    case 'payeeService':
      return { signed: await receiptOf(client, quoted, deal.owner, ['service']), giver: deal.owner };
    case 'supplier':
      return { signed: await receiptOf(client, quoted, stranger, ['maker', 'checker']), giver: stranger };
    default: {
      const change = {
        ...(kind === 'otherNet' && { net: 'e'.repeat(64) }),
        ...(kind === 'early' && { paidOn: plusDays(today, 1) }),
      };
      return { signed: await receiptOf(client, quoted, giver[kind], ['service'], change), giver: giver[kind] };
    }
  }
}

/** The bank pays: the piece is its against a receipt of the right kind. */
export async function disburse(world: World): Promise<Move | null> {
  const { dice, book } = world;
  const isReady = ({ state, agreement }: Deal): boolean =>
    state === 'agreed' && agreement?.state === 'signed' && world.now < agreement.validUntil;
  const deal = dice.prefer(
    book.deals.filter(({ chosen }) => chosen !== null),
    isReady,
  );
  if (deal?.chosen == null) return null;
  const quoted = quotedOf(deal.chosen);
  const by = dice.chance(93) ? quoted.bank : dice.pick(world.firms);
  const kind = dice.weighted(RECEIPTS);
  const hand = handFor(world, by, 'byAmount');
  const { signed, giver } = await receipt(world, world.client(), deal, quoted, kind);
  const call = await disburseCall(world.client(hand, by), quoted, signed, by);
  const { part } = deal;
  return {
    name: 'financing.disburse',
    sending: disbursing(call),
    plan: (network) => planMove(partiesOfPart(part), quoted.bank.record.host, network),
    foresee: world.judged({ by, hand, need: 'byAmount', kinds: ['BANK'], amount: sizeOf(part) }, () => {
      if (giver !== null && book.suspended.has(giver)) return 'MEMBER_SUSPENDED';
      // A service speaks for a clearing bank, never for what its own firm received.
      if (giver === deal.owner && kind !== 'payee') return 'ROLE_MISSING';
      if (kind === 'early') return 'BAD_INPUT';
      if (by !== quoted.bank) return 'NOT_INVITED';
      if (deal.state !== 'agreed') return 'ORDER_STATE';
      if (deal.agreement?.state !== 'signed') return 'SIGNING_OUT_OF_ORDER';
      if (world.now >= deal.agreement.validUntil) return 'AGREEMENT_OVER';
      const fault = RECEIPT_FAULTS[kind];
      if (fault !== undefined) return fault;
      if (isSpent(part)) return 'HOLDING_ALREADY_SPENT';
      return part.claim.settling === null ? (part.depth >= 10 ? 'DEPTH_EXCEEDED' : null) : 'CERTIFICATE_SETTLING';
    }),
    happen: () => {
      const [opening] = disburseOpenings(call.signed, part.opening).holdings;
      if (opening === undefined) throw new Error('a disbursement opens one holding');
      deal.state = 'funded';
      movedTo(world, part, by, opening);
    },
  };
}
