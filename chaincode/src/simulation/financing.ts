import { applyOpenings, inviteOpenings, planFixedCall, planValueCall, quoteOpenings } from '@tallystick/protocol';
import {
  acceptQuoteCall,
  applyCall,
  inviteCall,
  priceAt,
  quoteCall,
  refuseCall,
  withdrawQuoteCall,
} from '../testing/cash';
import { idOf } from '../testing/trade';
import { sizeOf, type Deal, type Part } from './book';
import { midnightAfter, sooner } from './days';
import { appliedOf, dealPlan, invitedOf, isOpen, openFault, ownerPlan, quotedOf } from './deal';
import { handFor } from './hands-at-random';
import { isOverdue } from './issuing';
import { cutFault, heldOf, partFault, pieceOf, sizesOf } from './transferring';
import { partiesOfPart, type Attempt, type Move, type World } from './world';

/** The owner of a part asks for cash on some of it. */
export async function apply(world: World, chosen?: Part): Promise<Move | null> {
  const { dice, book, firms, days, now } = world;
  const isUsable = (each: Part): boolean =>
    partFault(world, each, each.owner) === null &&
    now < days.blackout(each.claim.due) &&
    !each.owner.record.kinds.includes('BANK');
  const part = chosen ?? dice.prefer(book.parts, isUsable);
  if (part === null) return null;
  const by = chosen !== undefined || dice.chance(92) ? part.owner : dice.pick(firms);
  const [size = 1n] = sizesOf(world, part, 1);
  const until = sooner(
    new Date(Date.parse(now) + 86_400_000 * (1 + dice.below(6))).toISOString(),
    days.blackout(part.claim.due),
  );
  const hand = handFor(world, by, 'byAmount');
  const { sealed, ...call } = await applyCall(world.client(hand, by), heldOf(part), by, size, until);
  const attempt: Attempt = { by, hand, need: 'byAmount', amount: size };
  return {
    name: 'financing.apply',
    sending: call,
    plan: (network) => planValueCall(partiesOfPart(part), network),
    foresee: world.judged(attempt, () => {
      const fault = partFault(world, part, by);
      if (fault !== null) return fault;
      if (isOverdue(world, part.claim) || part.paid > 0n) return 'CERTIFICATE_STATE';
      if (part.depth >= 10) return 'DEPTH_EXCEEDED';
      return cutFault(world, part, [size]) ?? (until <= world.now ? 'ORDER_OVER' : null);
    }),
    happen: () => {
      part.status = 'consumed';
      part.lock = null;
      const pieces = applyOpenings(call.signed, part.opening).holdings.map((opening) => pieceOf(part, opening));
      const [piece] = pieces;
      if (piece === undefined) throw new Error('an application locks a piece');
      book.parts.push(...pieces);
      const deal: Deal = {
        kind: 'deal',
        id: idOf(call.signed, 0),
        part: piece,
        owner: by,
        until,
        decideBy: null,
        state: 'open',
        sealed,
        chosen: null,
        agreement: null,
      };
      piece.lock = deal;
      book.deals.push(deal);
    },
  };
}

/** The owner shows its application to a bank. */
export async function invite(world: World): Promise<Move | null> {
  const { dice, book, consortium } = world;
  const deal = dice.prefer(book.deals, (each) => isOpen(world, each));
  if (deal === null) return null;
  const bank = dice.pick([consortium.firms.bankA, consortium.firms.bankB]);
  const by = deal.owner;
  const hand = handFor(world, by, 'onePerson');
  const call = await inviteCall(world.client(hand, by), appliedOf(deal), bank);
  return {
    name: 'financing.invite',
    sending: call,
    plan: (network) => planFixedCall([by.record.host, bank.record.host], network),
    foresee: world.judged({ by, hand, need: 'onePerson' }, () =>
      book.suspended.has(bank)
        ? 'MEMBER_SUSPENDED'
        : (openFault(world, deal) ?? (bank === by ? 'RECEIVER_IS_OWNER' : null)),
    ),
    happen: () => {
      const [opening] = inviteOpenings(call.signed).invitations;
      if (opening === undefined) throw new Error('an invitation opens itself');
      book.asked.push({ deal, bank, refused: false, opening });
    },
  };
}

const halfUp = (numerator: bigint, denominator: bigint): bigint => {
  const [whole, rest] = [numerator / denominator, numerator % denominator];
  return rest * 2n >= denominator ? whole + 1n : whole;
};

/** An invited bank names its price, or an uninvited one does; the net is reckoned here once more. */
export async function quote(world: World): Promise<Move | null> {
  const { dice, book, days, today, consortium } = world;
  const asked = dice.prefer(book.asked, (each) => isOpen(world, each.deal) && !each.refused);
  if (asked === null) return null;
  const { deal } = asked;
  const { due } = deal.part.claim;
  // Nothing is left to discount, and no honest client prices that.
  if (today >= days.rolled(due) || sizeOf(deal.part) < 10_000n) return null;
  const by = dice.chance(90) ? asked.bank : dice.pick([consortium.firms.bankA, consortium.firms.bankB, deal.owner]);
  const hand = handFor(world, by, 'byAmount');
  const client = world.client(hand, by);
  const rate = 30_000 + 500 * dice.below(60);
  const terms = await priceAt(client, invitedOf(asked), rate);
  const interest = halfUp(sizeOf(deal.part) * BigInt(rate) * BigInt(terms.days), 360_000_000n);
  const net = sizeOf(deal.part) - interest - 5_000n;
  const isWrong = dice.chance(5);
  const stated = { ...terms, netFen: String(isWrong ? net + 1n : net) };
  const validUntil = sooner(midnightAfter(days.shifted(today, 3)), days.blackout(due));
  const call = await quoteCall(client, invitedOf(asked), stated, validUntil, by);
  const attempt: Attempt = { by, hand, need: 'byAmount', kinds: ['BANK'], amount: sizeOf(deal.part) };
  return {
    name: 'financing.quote',
    sending: call,
    plan: dealPlan(asked),
    foresee: world.judged(attempt, () => {
      if (by !== asked.bank || asked.refused) return 'NOT_INVITED';
      const fault = openFault(world, deal);
      if (fault !== null) return fault;
      if (validUntil <= world.now) return 'QUOTE_EXPIRED';
      return isWrong ? 'QUOTE_ARITHMETIC' : null;
    }),
    happen: () => {
      const [opening] = quoteOpenings(call.signed).quotes;
      if (opening === undefined) throw new Error('a quote opens itself');
      const commitment = (call.signed.instruction.body as { net: string }).net;
      book.prices.push({ asked, withdrawn: false, validUntil, net: commitment, opening });
    },
  };
}

/** A bank takes its price back, or will not name one. */
export async function unquote(world: World): Promise<Move | null> {
  const { dice, book, firms } = world;
  if (dice.chance(50)) {
    const asked = dice.prefer(book.asked, (each) => isOpen(world, each.deal) && !each.refused);
    if (asked === null) return null;
    const by = dice.chance(85) ? asked.bank : dice.pick(firms);
    const hand = handFor(world, by, 'onePerson');
    return {
      name: 'financing.refuse',
      sending: await refuseCall(world.client(hand, by), invitedOf(asked), by),
      plan: dealPlan(asked),
      foresee: world.judged({ by, hand, need: 'onePerson', kinds: ['BANK'] }, () => {
        if (by !== asked.bank) return 'NOT_INVITED';
        return asked.refused ? 'ORDER_STATE' : null;
      }),
      happen: () => {
        asked.refused = true;
      },
    };
  }
  const price = dice.prefer(book.prices, (each) => !each.withdrawn);
  if (price === null) return null;
  const { asked } = price;
  const by = dice.chance(85) ? asked.bank : dice.pick(firms);
  const hand = handFor(world, by, 'onePerson');
  return {
    name: 'financing.withdrawQuote',
    sending: await withdrawQuoteCall(world.client(hand, by), quotedOf(price), by),
    plan: dealPlan(asked),
    foresee: world.judged({ by, hand, need: 'onePerson', kinds: ['BANK'] }, () => {
      if (by !== asked.bank) return 'NOT_INVITED';
      return price.withdrawn || asked.deal.chosen === price ? 'QUOTE_STATE' : null;
    }),
    happen: () => {
      price.withdrawn = true;
    },
  };
}

/** The owner chooses a price, or somebody else tries to. */
export async function acceptQuote(world: World): Promise<Move | null> {
  const { dice, book, firms, days, now, today } = world;
  const price = dice.prefer(
    book.prices,
    (each) => isOpen(world, each.asked.deal) && !each.withdrawn && now < each.validUntil,
  );
  if (price === null) return null;
  const { deal } = price.asked;
  const by = dice.chance(90) ? deal.owner : dice.pick(firms);
  const hand = handFor(world, by, 'byAmount');
  return {
    name: 'financing.acceptQuote',
    sending: await acceptQuoteCall(world.client(hand, by), quotedOf(price), by),
    plan: ownerPlan(deal),
    foresee: world.judged({ by, hand, need: 'byAmount', amount: sizeOf(deal.part) }, () => {
      if (by !== deal.owner) return 'NOT_OWNER';
      const fault = openFault(world, deal);
      if (fault !== null) return fault;
      if (price.withdrawn) return 'QUOTE_STATE';
      return world.now >= price.validUntil ? 'QUOTE_EXPIRED' : null;
    }),
    happen: () => {
      deal.state = 'agreed';
      deal.chosen = price;
      deal.decideBy = sooner(midnightAfter(days.shifted(today, 5)), days.blackout(deal.part.claim.due));
    },
  };
}
