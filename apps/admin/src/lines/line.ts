import type { Money, PartyRef, Permission } from '../api/types';

/** A bank's credit line for an issuer; amounts and parties are absent for who may not see them. */
export interface Line {
  id: string;
  bank?: PartyRef;
  issuer?: PartyRef;
  limit?: Money;
  used?: Money;
  available?: Money;
  until: string;
  witness: string;
  standIn: string;
  opening: 'present' | 'stale' | 'missing';
  counterfeit: string | null;
  can: Record<'issue' | 'change', Permission>;
}
