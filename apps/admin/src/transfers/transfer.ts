import type { Money, PartyRef, Permission } from '../api/types';
import type { CertificatePhase } from '../certificates/certificate';

/** An offer to pass a part of a certificate on. */
export interface Transfer {
  id: string;
  direction: 'in' | 'out';
  sender?: PartyRef;
  receiver?: PartyRef;
  certificate: {
    id: string;
    no: string;
    issuer: PartyRef;
    face?: Money;
    dueDate: string;
    phase: CertificatePhase;
  } | null;
  holding: string;
  amount?: Money;
  background?: { contractNo: string; invoiceNo: string; note: string };
  until: string;
  state: 'open' | 'accepted' | 'declined' | 'withdrawn' | 'lapsed';
  opening: 'present' | 'missing';
  counterfeit: string | null;
  can: Record<'accept' | 'decline' | 'withdraw', Permission>;
}
