import { isInBlackout, isOverdue, blackoutFrom, type CertificateView } from '../certificate';
import type { Instant } from '../calendar';
import { accept, refuse, type Outcome } from '../refusal';
import type { RulePack } from '../rule-pack';
import { activeLock, holdingOutstandingFen, isSpent, sizeFen, type HoldingView } from './holding';
import { decideCut, type Cut } from './cut';

/** What every movement of a holding looks at besides it. */
export interface HoldingContext {
  certificate: CertificateView;
  faceFen: bigint;
  now: Instant;
  rules: RulePack;
}

/** Whether anything on the certificate may move now. Refuses with CERTIFICATE_STATE, CERTIFICATE_SETTLING, IN_BLACKOUT. */
export function decideCertificateMoves({ certificate, now, rules }: HoldingContext): Outcome<true> {
  if (certificate.status !== 'active') return refuse('CERTIFICATE_STATE', { state: certificate.status });
  if (certificate.settling) return refuse('CERTIFICATE_SETTLING');
  if (isInBlackout(certificate.dueDate, now, rules)) {
    return refuse('IN_BLACKOUT', { from: blackoutFrom(certificate.dueDate, rules) });
  }
  return accept(true);
}

/** Whether the caller may dispose of the holding now. Refuses with NOT_OWNER, HOLDING_ALREADY_SPENT, HOLDING_LOCKED. */
export function decideFree(holding: HoldingView, caller: string, now: Instant): Outcome<true> {
  if (holding.owner !== caller) return refuse('NOT_OWNER');
  if (isSpent(holding)) return refuse('HOLDING_ALREADY_SPENT');
  const lock = activeLock(holding, now);
  return lock ? refuse('HOLDING_LOCKED', { order: lock.order, until: lock.until ?? '' }) : accept(true);
}

/** Whether the holding may change owner once more. Refuses with DEPTH_EXCEEDED. @returns the depth after it */
export function decideDepth(holding: Pick<HoldingView, 'depth'>, rules: RulePack): Outcome<number> {
  const depth = holding.depth + 1;
  return depth <= rules.maxDepth ? accept(depth) : refuse('DEPTH_EXCEEDED', { maxDepth: rules.maxDepth });
}

/** Cuts a holding, but one overdue or paid in part only moves whole. Refuses like {@link decideCut} and with OVERDUE_MOVES_WHOLE. */
export function decideHoldingCut(
  holding: HoldingView,
  amountsFen: readonly bigint[],
  context: HoldingContext,
): Outcome<Cut> {
  const { certificate, faceFen, now, rules } = context;
  const cut = decideCut(holding, amountsFen, faceFen, rules);
  const isWhole = amountsFen.length === 1 && amountsFen[0] === sizeFen(holding);
  const movesWhole = holding.paidFen > 0n || isOverdue(certificate, now, rules);
  if (cut.ok && movesWhole && !isWhole) {
    return refuse('OVERDUE_MOVES_WHOLE', { outstandingFen: holdingOutstandingFen(holding) });
  }
  return cut;
}
