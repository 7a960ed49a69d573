import { Refused } from '../refusal/refused';

/** Throws BAD_INPUT unless what the instruction names is what the contract finds: a derived id, a member's host, a chosen quote. */
export function requireNamed(field: string, signed: string, found: string | null): void {
  if (signed !== found) throw new Refused('BAD_INPUT', { field });
}
