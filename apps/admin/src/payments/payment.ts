import type { ItemOf } from '../api/types';

/** Money out of one settlement, on its way to one payee (`in`) or to all of them (`out`). */
export type Payment = ItemOf<'Payments_Output'>;
