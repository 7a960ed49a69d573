import type { Money, PartyRef, Permission } from '../api/types';
import type { CertificatePhase } from '../certificates/certificate';

/** A part of a certificate in the firm's hand. */
export interface Holding {
  id: string;
  certificate: {
    id: string;
    no: string;
    issuer: PartyRef;
    face?: Money;
    dueDate: string;
    rolledDueDate: string;
    phase: CertificatePhase;
  };
  amount?: Money;
  from: string | null;
  to: string | null;
  /** Changes of owner behind it. */
  depth: number;
  state: 'free' | 'locked' | 'consumed' | 'redeemed';
  lock: { order: string; kind: 'transfer' | 'financing' | 'settlement'; until: string | null } | null;
  paid?: Money;
  dueDate: string;
  opening: 'present' | 'stale' | 'missing';
  counterfeit: string | null;
  can: Record<'transfer' | 'finance', Permission>;
}
