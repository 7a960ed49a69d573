/** Applications for cash as applicant and banks see them; a bank sees its own quotes only. */
import type { Money, PartyRef, Permission } from '../api/types';
import type { CertificateShort } from '../certificates/certificate';
import { fenOf } from '../money/money';

export interface Fee {
  name: string;
  payee: string;
  amount: Money;
}

export interface Quote {
  id: string;
  bank: PartyRef;
  /** Percent a year. */
  rate: string;
  basis: 'ACT_360' | 'ACT_365';
  valueDate: string;
  endDate: string;
  days: number;
  amount: Money;
  interest: Money;
  fees: Fee[];
  net: Money;
  /** Percent a year, everything included. */
  apr: string;
  recourse: boolean;
  interestBearer: 'supplier' | 'core';
  validUntil: string;
  state: 'open' | 'withdrawn' | 'expired' | 'accepted' | 'notChosen';
  can: Record<'accept' | 'withdraw', Permission>;
}

export const STAGES = [
  'open',
  'quoted',
  'lapsed',
  'agreed',
  'approved',
  'ownerSigned',
  'signed',
  'funded',
  'withdrawn',
  'rejected',
  'failed',
  'notChosen',
  'refused',
] as const;
export type Stage = (typeof STAGES)[number];

export interface Agreement {
  quote: string;
  /** Hash of the text. */
  document: string;
  state: 'approved' | 'ownerSigned' | 'signed';
  validUntil: string;
  /** Null when it could not be written again with that hash. */
  text: string | null;
  signedBy: ('owner' | 'bank')[];
}

export interface Financing {
  id: string;
  role: 'applicant' | 'bank';
  applicant?: PartyRef;
  certificate: CertificateShort | null;
  holding: string;
  amount?: Money;
  recourse?: boolean;
  interestBearer?: 'supplier' | 'core';
  note?: string;
  state: 'open' | 'agreed' | 'funded' | 'ended';
  stage: Stage;
  openUntil: string;
  decideBy: string | null;
  invitations: { id: string; bank: PartyRef; state: 'open' | 'refused' }[];
  quotes: Quote[];
  agreement: Agreement | null;
  counterfeit: string | null;
  can: Record<'quote' | 'refuse' | 'withdraw' | 'approve' | 'sign' | 'disburse' | 'reject', Permission>;
}

/** `POST /financings/:id/quotes/preview`. */
export interface QuotePreview {
  amount: Money;
  days: number;
  valueDate: string;
  endDate: string;
  interest: Money;
  net: Money;
  apr: string;
  validUntil: string;
}

/** The way of an application that goes well, as people follow it. */
export const WAY = ['open', 'agreed', 'approved', 'signed', 'funded'] as const;

/** How far along {@link WAY} a stage is; -1 for one that ended otherwise. */
export function placeOf(stage: Stage): number {
  switch (stage) {
    case 'open':
    case 'quoted':
      return 0;
    case 'agreed':
      return 1;
    case 'approved':
    case 'ownerSigned':
      return 2;
    case 'signed':
      return 3;
    case 'funded':
      return 5;
    default:
      return -1;
  }
}

/** Quotes that stand, the most cash first; those that are over after them. */
export function inOrderOfCost(quotes: readonly Quote[]): Quote[] {
  const isOver = ({ state }: Quote) => (state === 'open' || state === 'accepted' ? 0 : 1);
  const byNet = (one: Quote, other: Quote) => (fenOf(one.net) > fenOf(other.net) ? -1 : 1);
  return [...quotes].sort((one, other) => isOver(one) - isOver(other) || byNet(one, other));
}
