import type { Money, PartyRef } from '../api/types';
import type { CertificatePhase } from '../certificates/certificate';

/** One payment of an issuer on one certificate, as issuer and paying bank see it. */
export interface Settlement {
  id: string;
  certificate: { id: string; no: string; issuer: PartyRef; dueDate: string; phase: CertificatePhase };
  state: 'prepared' | 'funded' | 'allocated' | 'closed';
  amount: Money | null;
  principal: Money | null;
  interest: Money | null;
  /** Principal still owed before this payment. */
  outstanding: Money | null;
  paidOn: string | null;
  full: boolean;
  pages: number;
  creditedPages: number;
  counterfeit: string | null;
}

export interface SettlementLine {
  holding: string;
  owner?: PartyRef;
  payout: Money | null;
  interest: Money | null;
  state: 'instructed' | 'credited' | 'returned';
  reference: string | null;
}

export interface SettlementDetail extends Settlement {
  lines: SettlementLine[];
}
