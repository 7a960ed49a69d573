import { businessDateOf, type Instant, type IsoDate } from '../calendar';
import { isDead, type CertificateView } from '../certificate';
import { sumFen } from '../money';
import { accept, refuse, type Outcome } from '../refusal';

/** A bank's credit line for an issuer, in clear values. */
export interface LineView {
  issuer: string;
  limitFen: bigint;
  usedFen: bigint;
  /** Last business date on which it may be drawn. */
  until: IsoDate;
}

/** What may still be drawn; never below zero, though a cut limit may stand below what is used. */
export function availableFen({ limitFen, usedFen }: Pick<LineView, 'limitFen' | 'usedFen'>): bigint {
  return limitFen > usedFen ? limitFen - usedFen : 0n;
}

/**
 * Draws the faces of a batch, all or nothing (I5, T24). Refuses with LINE_NOT_OWN, LINE_EXPIRED, LINE_EXCEEDED (names the index of
 * the first face that does not fit).
 *
 * @returns the line's new `usedFen`
 */
export function decideDraw(line: LineView, issuer: string, facesFen: readonly bigint[], now: Instant): Outcome<bigint> {
  if (line.issuer !== issuer) return refuse('LINE_NOT_OWN');
  if (businessDateOf(now) > line.until) return refuse('LINE_EXPIRED', { until: line.until });
  let used = line.usedFen;
  for (const [index, neededFen] of facesFen.entries()) {
    if (used + neededFen > line.limitFen) {
      return refuse('LINE_EXCEEDED', { neededFen, availableFen: availableFen({ ...line, usedFen: used }), index });
    }
    used += neededFen;
  }
  return accept(used);
}

/** What a certificate no longer owes and has not given back yet: the whole face when it came to nothing, else what was paid. */
export function releasableFen(
  certificate: CertificateView,
  amounts: { faceFen: bigint; paidFen: bigint; releasedFen: bigint },
  now: Instant,
): bigint {
  const freed = isDead(certificate, now) ? amounts.faceFen : amounts.paidFen;
  return freed - amounts.releasedFen;
}

/** Gives amounts back to the line. Refuses with RELEASE_EXCEEDS_USED. @returns the line's new `usedFen` */
export function decideRelease(line: Pick<LineView, 'usedFen'>, releasesFen: readonly bigint[]): Outcome<bigint> {
  const releaseFen = sumFen(releasesFen);
  if (releaseFen > line.usedFen || releasesFen.some((fen) => fen < 0n)) {
    return refuse('RELEASE_EXCEEDS_USED', { releaseFen, usedFen: line.usedFen });
  }
  return accept(line.usedFen - releaseFen);
}

/** Whether a line may be granted or changed to end on a date; a limit below what is used is allowed. Refuses with LINE_EXPIRED. */
export function decideLineEnd(until: IsoDate, now: Instant): Outcome<true> {
  return until >= businessDateOf(now) ? accept(true) : refuse('LINE_EXPIRED', { until }, { field: 'until' });
}
