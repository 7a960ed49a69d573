import { financingLockHolds, type Lock } from '@tallystick/domain';
import type { HoldingRecord } from '@tallystick/protocol';
import type { State } from '../state/state';

/**
 * The lock that holds on a holding now, or null: one whose order ended or lapsed counts as gone, though nobody tidied it.
 * A transfer's lock says until when, which the rules compare; a financing's is asked of its order and, once signed, of its agreement: the
 * agreement is signed by its own two organisations, which could not write the end into the holding.
 */
export async function liveLock(state: State, { lock }: HoldingRecord, now: string): Promise<Lock | null> {
  if (lock === null || lock.until !== null) return lock;
  const order = await state.order('financing', lock.order);
  const agreement = order.state === 'agreed' ? await state.find('Agreement', order.id) : null;
  return financingLockHolds(order, agreement, now) ? lock : null;
}
