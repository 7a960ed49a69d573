import type { Firm } from '../testing/firm';
import { WRONG_HANDS, type Hand, type Need } from './hand';
import type { World } from './world';

/** Mostly the right hand; now and then a wrong one that this firm can have. */
export function handFor({ dice, second, revoked }: World, by: Firm, need: Need): Hand {
  if (!dice.chance(10)) return 'right';
  const hand = dice.pick(WRONG_HANDS[need]);
  if (hand === 'samePerson' && !second.has(by)) return 'alone';
  if (hand === 'revoked' && !revoked.has(by)) return 'stranger';
  return hand;
}
