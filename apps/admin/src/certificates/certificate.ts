/** Certificates as the gateway shows them; what the reader may not see is absent. */
import type { Money, PartyRef, Permission } from '../api/types';
import type { Payment } from '../payments/payment';

export type CertificatePhase =
  | 'offered'
  | 'active'
  | 'lapsed'
  | 'due'
  | 'overdue'
  | 'partPaid'
  | 'paid'
  | 'settled'
  | 'declined'
  | 'withdrawn'
  | 'defaulted';

export interface CertificateShort {
  id: string;
  no: string;
  issuer: PartyRef;
  firstCreditor?: PartyRef;
  face?: Money;
  issuedOn: string;
  dueDate: string;
  rolledDueDate: string;
  acceptBy: string;
  phase: CertificatePhase;
  paid?: Money;
  outstanding?: Money;
  lateInterest?: Money;
  roles: string[];
  opening: 'present' | 'stale' | 'missing';
  counterfeit: string | null;
  can: Record<'accept' | 'decline' | 'withdraw' | 'settle', Permission>;
}

export interface StripPart {
  holdingId: string | null;
  /** Positions in cents, from 1. */
  from: string | null;
  to: string | null;
  amount?: Money;
  state: 'mine' | 'other' | 'locked' | 'paid' | 'hatched';
  owner?: PartyRef;
}

export interface HistoryEntry {
  /** Business time. */
  at: string;
  /** Timestamp of the transaction. */
  recordedAt: string;
  block: string;
  txId: string;
  contract: string;
  fn: string;
  by?: PartyRef;
  keyIds: string[];
  instructions: string[];
  words: string;
}

export interface CertificateInvoice {
  number: string;
  date: string;
  sellerUscc: string;
  grossAmount: Money;
  amount: Money;
  deliveredOn: string;
}

export interface CertificateTerms {
  faceInWords: { zh: string };
  invoices: CertificateInvoice[];
  contractNo: string;
  note: string;
  longTenorReason: string | null;
  latePpmPerDay: number;
  warnings: { code: string; deliveredOn: string; lastDay: string; rule: string }[];
}

export interface Certificate extends CertificateShort {
  line: string;
  witness: string;
  rulePack: string;
  terms?: CertificateTerms;
  undertakings: { role: string; keyId: string; sig: string }[];
  strip: StripPart[];
  history: HistoryEntry[];
  payments: Payment[];
  /** What the reader's organisation has checked itself. */
  verified: { instruction: boolean; opening: boolean; believed: boolean };
}
