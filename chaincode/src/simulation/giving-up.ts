import { failCall, rejectCall, withdrawApplicationCall } from '../testing/cash';
import type { Deal } from './book';
import { appliedOf, ownerPlan, quotedOf, unlock } from './deal';
import { handFor } from './hands-at-random';
import type { Move, World } from './world';

/** A financing ends without money: withdrawn by its owner, rejected by its bank, given up by both. */
export async function endDeal(world: World): Promise<Move | null> {
  const { dice, book, firms } = world;
  const fn = dice.pick(['withdraw', 'reject', 'fail'] as const);
  const deal = dice.prefer(
    book.deals.filter(({ chosen }) => fn === 'withdraw' || chosen !== null),
    ({ state }) => state === (fn === 'withdraw' ? 'open' : 'agreed'),
  );
  if (deal === null) return null;
  const ended = (): void => {
    deal.state = 'ended';
    unlock(deal);
  };
  const stateFault = (wanted: Deal['state']): string | null => (deal.state === wanted ? null : 'ORDER_STATE');
  const plan = ownerPlan(deal);
  if (fn === 'withdraw' || deal.chosen === null) {
    const by = dice.chance(90) ? deal.owner : dice.pick(firms);
    const hand = handFor(world, by, 'onePerson');
    const sending = await withdrawApplicationCall(world.client(hand, by), appliedOf(deal), by);
    const fault = (): string | null => (by === deal.owner ? stateFault('open') : 'NOT_OWNER');
    const foresee = world.judged({ by, hand, need: 'onePerson' }, fault);
    return { name: 'financing.withdraw', sending, plan, foresee, happen: ended };
  }
  const quoted = quotedOf(deal.chosen);
  if (fn === 'reject') {
    const by = dice.chance(90) ? quoted.bank : dice.pick(firms);
    const hand = handFor(world, by, 'onePerson');
    const sending = await rejectCall(world.client(hand, by), quoted, by);
    const fault = (): string | null => {
      if (by !== quoted.bank) return 'NOT_INVITED';
      return deal.agreement?.state === 'signed' ? 'SIGNING_OUT_OF_ORDER' : stateFault('agreed');
    };
    return {
      name: 'financing.reject',
      sending,
      plan,
      foresee: world.judged({ by, hand, need: 'onePerson' }, fault),
      happen: ended,
    };
  }
  const signers = dice.chance(85) ? [deal.owner, quoted.bank] : [dice.pick([deal.owner, quoted.bank])];
  return {
    name: 'financing.fail',
    sending: await failCall(world.client(), quoted, signers),
    plan,
    foresee: () => {
      if (signers.some((firm) => book.suspended.has(firm))) return 'MEMBER_SUSPENDED';
      if (!signers.includes(deal.owner)) return 'NOT_OWNER';
      return signers.includes(quoted.bank) ? stateFault('agreed') : 'NOT_INVITED';
    },
    happen: ended,
  };
}
