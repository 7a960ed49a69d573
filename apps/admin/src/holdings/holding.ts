import type { ItemOf } from '../api/types';

/** A part of a certificate in the firm's hand. */
export type Holding = ItemOf<'HoldingPage_Output'>;
