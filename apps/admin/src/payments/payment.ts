import type { Money, PartyRef } from '../api/types';

/** Money out of one settlement, on its way to one payee (`in`) or to all of them (`out`). */
export interface Payment {
  id: string;
  direction: 'in' | 'out';
  settlement: string;
  certificate: { id: string; no: string; issuer: PartyRef };
  holding: string | null;
  principal: Money | null;
  interest: Money | null;
  paidOn: string | null;
  state: 'instructed' | 'credited' | 'returned';
  reference: string | null;
}
