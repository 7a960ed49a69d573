import type { Instant } from '../calendar';
import type { Lifecycle } from '../lifecycle';

export type HoldingStatus = 'live' | 'consumed' | 'redeemed';
export type HoldingAction = 'consume' | 'redeem';

/** A part of a certificate in one hand. To cut, move or merge consumes it and makes new ones; nothing comes back to life (I2). */
export const holdingLifecycle: Lifecycle<HoldingStatus, HoldingAction> = {
  noun: 'holding',
  initial: 'live',
  refusal: 'HOLDING_ALREADY_SPENT',
  states: {
    live: { zh: '持有中', en: 'live' },
    consumed: { zh: '已转出', en: 'consumed' },
    redeemed: { zh: '已兑付', en: 'redeemed' },
  },
  edges: [
    { action: 'consume', from: ['live'], to: 'consumed', by: 'owner by a cut or a move, receiver by accepting' },
    { action: 'redeem', from: ['live'], to: 'redeemed', by: 'paying bank, once it is paid in full' },
  ],
};

/** An interval `[lo, hi)` of a certificate's cents. */
export interface UnitRange {
  lo: bigint;
  hi: bigint;
}

/** A lock names its order. From `until` on it counts as gone, for everyone; null holds until its order ends. */
export interface Lock {
  order: string;
  until: Instant | null;
}

/** What the rules need of a holding (持有凭证), in clear values. */
export interface HoldingView extends UnitRange {
  status: HoldingStatus;
  owner: string;
  /** Changes of owner behind it. */
  depth: number;
  paidFen: bigint;
  lock: Lock | null;
}

/** The size of an interval in fen. */
export function sizeFen({ lo, hi }: UnitRange): bigint {
  return hi - lo;
}

/** What is still owed on a holding. */
export function holdingOutstandingFen(holding: UnitRange & { paidFen: bigint }): bigint {
  return sizeFen(holding) - holding.paidFen;
}

/**
 * Whether nothing is left to dispose of: consumed or redeemed, or paid in full and waiting only for its credit. What is paid is its
 * present owner's, so whoever took it over would get nothing.
 */
export function isSpent(holding: Pick<HoldingView, 'lo' | 'hi' | 'status' | 'paidFen'>): boolean {
  return holding.status !== 'live' || holdingOutstandingFen(holding) <= 0n;
}

/** The lock that holds at this moment, or null: an expired one is none. */
export function activeLock({ lock }: Pick<HoldingView, 'lock'>, now: Instant): Lock | null {
  return lock !== null && (lock.until === null || now < lock.until) ? lock : null;
}
