import { certificateLifecycle, type CertificateStatus, type CertificateView } from '../certificate';
import { step } from '../lifecycle';
import { accept, refuse, type Outcome } from '../refusal';
import { settlementLifecycle, type SettlementState } from './lifecycle';

/** A settlement about to be closed. */
export interface AllocatedView {
  state: SettlementState;
  pages: number;
  /** Pages whose every payout is credited. */
  creditedPages: number;
}

/**
 * Whether a settlement is done; the last one settles its certificate (T37). Refuses with SETTLEMENT_STATE (also while a page is not credited),
 * CERTIFICATE_STATE.
 */
export function decideClose(
  settlement: AllocatedView,
  certificate: Pick<CertificateView, 'status' | 'paidInFull'>,
): Outcome<{ state: SettlementState; certificate: CertificateStatus }> {
  const state = step(settlementLifecycle, settlement.state, 'close');
  if (!state.ok) return state;
  if (settlement.creditedPages < settlement.pages) {
    return refuse('SETTLEMENT_STATE', {
      state: settlement.state,
      pages: settlement.pages,
      credited: settlement.creditedPages,
    });
  }
  if (!certificate.paidInFull) return accept({ state: state.value, certificate: certificate.status });
  const settled = step(certificateLifecycle, certificate.status, 'settle');
  return settled.ok ? accept({ state: state.value, certificate: settled.value }) : settled;
}
