import { financingLockUntil, type Lock } from '@tallystick/domain';
import type { HoldingOpening, HoldingRecord, RecordOf } from '@tallystick/protocol';
import { liveLock } from '../read-model/trade-views';
import type { Seen, View } from '../read-model/view';

/** Says which locks still hold: those of financings are asked of their orders and agreements, which are public. */
export class LockKeeper {
  private constructor(
    private readonly now: string,
    private readonly orders: ReadonlyMap<string, RecordOf<'Order'>>,
    private readonly agreements: ReadonlyMap<string, RecordOf<'Agreement'>>,
  ) {}

  static async of(view: View, holdings: readonly Seen<'Holding', HoldingOpening>[]): Promise<LockKeeper> {
    const ids = holdings.flatMap(({ record }) => (record.lock === null ? [] : [record.lock.order]));
    return new LockKeeper(view.now, await view.records('Order', ids), await view.records('Agreement', ids));
  }

  live(holding: HoldingRecord): Lock | null {
    const order = holding.lock?.order ?? '';
    return liveLock(holding, this.now, this.orders.get(order), this.agreements.get(order));
  }

  kindOf(lock: Lock): RecordOf<'Order'>['kind'] {
    return this.orders.get(lock.order)?.kind ?? 'transfer';
  }

  /** When the lock ends by itself; null for one that holds until its order ends. */
  until(lock: Lock): string | null {
    const order = this.orders.get(lock.order);
    if (lock.until !== null || order?.kind !== 'financing') return lock.until;
    return financingLockUntil(order, this.agreements.get(order.id) ?? null);
  }
}
