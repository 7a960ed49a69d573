import { release, releasable } from './issuing';
import { allocate, close, credited, funds, isPayable, prepare } from './settling';
import { plusDays } from './days';
import type { Move, World } from './world';

/** Moves that pay every claim to the end and give every line back; time is moved on first. Never wrong, so each must be applied. */
export async function* settleEverything(world: World): AsyncGenerator<Move | null> {
  const { book, consortium, days } = world;
  const last = book.claims
    .map(({ due }) => days.rolled(due))
    .sort()
    .at(-1);
  const goal = last === undefined ? world.today : plusDays(last, 3);
  if (goal > world.today) consortium.advance(Date.parse(goal) - Date.parse(world.today));
  // What lapsed at last counts as gone only from then on.
  consortium.advance(15 * 86_400_000);
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
