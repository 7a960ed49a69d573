import { release, releasable } from './issuing';
import { moveClock } from './joining';
import { allocate, close, credited, funds, isPayable, prepare } from './settling';
import { daysFrom, plusDays } from './days';
import type { Move, World } from './world';

/** Moves that pay every claim to the end and give every line back; time is moved on first. Never wrong, so each must be applied. */
export async function* settleEverything(world: World): AsyncGenerator<Move | null> {
  const { book, consortium } = world;
  const last = book.claims
    .map(({ due }) => world.days.rolled(due))
    .sort()
    .at(-1);
  const goal = last === undefined ? world.today : plusDays(last, 3);
  const days = goal > world.today ? daysFrom(world.today, goal) : 0;
  // What lapsed at last counts as gone only from then on.
  const ms = (days + 15) * 86_400_000;
  if (consortium.isEmbedded) consortium.advance(ms);
  else yield moveClock(world, ms, false);
  for (const payment of book.payments.filter(({ state }) => state === 'funded')) yield allocate(world, payment);
  for (const claim of book.claims.filter(({ status }) => status === 'active')) {
    if (!claim.full && isPayable(world, claim)) {
      yield prepare(world, claim);
      const payment = book.payments.at(-1);
      if (payment === undefined) throw new Error('a payment was prepared');
      yield funds(world, payment);
      yield allocate(world, payment);
    }
  }
  for (const payment of book.payments.filter(({ state }) => state === 'allocated')) {
    for (const page of payment.pages.keys()) yield credited(world, { payment, page });
    yield close(world, payment);
  }
  for (const line of book.lines) {
    while (book.claims.some((claim) => claim.line === line && releasable(claim, world.now) > 0n))
      yield release(world, line);
  }
}
