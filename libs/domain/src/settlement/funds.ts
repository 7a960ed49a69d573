import { businessDateOf, type Instant, type IsoDate } from '../calendar';
import { businessDaysBeforeDue, type CertificateView } from '../certificate';
import { step } from '../lifecycle';
import { accept, refuse, type Outcome } from '../refusal';
import type { RulePack } from '../rule-pack';
import { lateInterestFen, lateInterestFrom, type LateCheckpoint, type LateTerms } from './late-interest';
import { settlementLifecycle, type SettlementState } from './lifecycle';

/** What is owed on a certificate, in clear values. */
export interface OwedView extends LateTerms, LateCheckpoint {
  faceFen: bigint;
  paidFen: bigint;
}

/**
 * Whether the issuer may prepare a settlement, from some business days before the due date on and long after it. Refuses with NOT_ISSUER,
 * CERTIFICATE_STATE, CERTIFICATE_SETTLING, SETTLEMENT_TOO_EARLY, AMOUNT_TOO_SMALL, FUNDS_EXCEED_OUTSTANDING (nothing is outstanding).
 */
export function decidePrepare(
  certificate: CertificateView,
  command: { caller: string; issuer: string; amountFen: bigint },
  outstandingFen: bigint,
  now: Instant,
  rules: RulePack,
): Outcome<SettlementState> {
  if (command.caller !== command.issuer) return refuse('NOT_ISSUER');
  if (certificate.status !== 'active') return refuse('CERTIFICATE_STATE', { state: certificate.status });
  if (certificate.settling) return refuse('CERTIFICATE_SETTLING');
  const from = businessDaysBeforeDue(certificate.dueDate, rules.prepareBusinessDays, rules);
  if (businessDateOf(now) < from) return refuse('SETTLEMENT_TOO_EARLY', { from });
  if (command.amountFen <= 0n) return refuse('AMOUNT_TOO_SMALL', {}, { field: 'amountFen' });
  if (outstandingFen <= 0n) return refuse('FUNDS_EXCEED_OUTSTANDING', { receivedFen: command.amountFen, owedFen: 0n });
  return accept(settlementLifecycle.initial);
}

/** Money received, divided, and the certificate's new numbers. */
export interface FundsReceived {
  state: SettlementState;
  interestFen: bigint;
  principalFen: bigint;
  /** Payable before this payment: what its allocation runs over. */
  outstandingFen: bigint;
  /** The certificate's `paid` once it is counted. */
  paidFen: bigint;
  checkpoint: LateCheckpoint;
  /** Nothing is owed after it. */
  full: boolean;
}

/**
 * Divides what the paying bank received: late interest to that day first, the rest is principal (T19). Refuses with SETTLEMENT_STATE,
 * CERTIFICATE_STATE, CERTIFICATE_SETTLING, BAD_INPUT (`paidOn` in the future or before the last payment), AMOUNT_TOO_SMALL,
 * FUNDS_EXCEED_OUTSTANDING.
 */
export function decideFunds(
  settlement: { state: SettlementState },
  certificate: CertificateView,
  owed: OwedView,
  receipt: { receivedFen: bigint; paidOn: IsoDate },
  now: Instant,
  rules: RulePack,
): Outcome<FundsReceived> {
  const { receivedFen, paidOn } = receipt;
  const state = step(settlementLifecycle, settlement.state, 'fund');
  if (!state.ok) return state;
  if (certificate.status !== 'active') return refuse('CERTIFICATE_STATE', { state: certificate.status });
  if (certificate.settling) return refuse('CERTIFICATE_SETTLING');
  if (paidOn > businessDateOf(now) || paidOn < (owed.lateFrom ?? ''))
    return refuse('BAD_INPUT', {}, { field: 'paidOn' });
  if (receivedFen <= 0n) return refuse('AMOUNT_TOO_SMALL', {}, { field: 'receivedFen' });
  const outstandingFen = owed.faceFen - owed.paidFen;
  const lateFen = lateInterestFen(owed, owed, outstandingFen, paidOn, rules);
  const owedFen = outstandingFen + lateFen;
  if (receivedFen > owedFen)
    return refuse('FUNDS_EXCEED_OUTSTANDING', { receivedFen, owedFen }, { field: 'receivedFen' });
  const interestFen = receivedFen < lateFen ? receivedFen : lateFen;
  const principalFen = receivedFen - interestFen;
  const isLate = paidOn > lateInterestFrom(owed, owed, rules);
  return accept({
    state: state.value,
    interestFen,
    principalFen,
    outstandingFen,
    paidFen: owed.paidFen + principalFen,
    checkpoint: { lateFrom: isLate ? paidOn : owed.lateFrom, carriedFen: lateFen - interestFen },
    full: receivedFen === owedFen,
  });
}
