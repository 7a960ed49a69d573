import type { ItemOf } from '../api/types';

/** An offer to pass a part of a certificate on. */
export type Transfer = ItemOf<'TransferPage_Output'>;
