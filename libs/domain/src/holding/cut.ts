import { sumFen } from '../money';
import { accept, refuse, type Outcome } from '../refusal';
import type { RulePack } from '../rule-pack';
import { sizeFen, type UnitRange } from './holding';

/** What a cut makes: the pieces in the order asked, and what is left over, null when nothing is. */
export interface Cut {
  pieces: UnitRange[];
  remainder: UnitRange | null;
}

/** The smallest holding of a certificate: so that it never has more than `maxHoldings`, without counting them. */
export function smallestHoldingFen(faceFen: bigint, rules: RulePack): bigint {
  const most = BigInt(rules.maxHoldings);
  const share = (faceFen + most - 1n) / most;
  const floor = BigInt(rules.smallestHoldingFen);
  return share > floor ? share : floor;
}

/** Equal parts of an amount, the last one takes the remainder (T11). @throws RangeError when `parts` is below 1 */
export function evenParts(amountFen: bigint, parts: number): bigint[] {
  if (!Number.isInteger(parts) || parts < 1) throw new RangeError('parts: expected an integer of at least 1');
  const part = amountFen / BigInt(parts);
  return Array.from({ length: parts }, (_, index) =>
    index === parts - 1 ? amountFen - part * BigInt(parts - 1) : part,
  );
}

/**
 * Cuts pieces of these amounts off an interval, from its low end (T11, T12). The interval whole is no cut and always allowed.
 * Refuses with TOO_MANY_PIECES, AMOUNT_TOO_SMALL, AMOUNT_EXCEEDS_HOLDING, HOLDING_TOO_SMALL (a piece or the remainder).
 *
 * @param faceFen the certificate's face, which decides the smallest holding
 */
export function decideCut(
  range: UnitRange,
  amountsFen: readonly bigint[],
  faceFen: bigint,
  rules: RulePack,
): Outcome<Cut> {
  if (amountsFen.length > rules.maxReceivers) return refuse('TOO_MANY_PIECES', { max: rules.maxReceivers });
  const zero = amountsFen.findIndex((amount) => amount <= 0n);
  if (amountsFen.length === 0 || zero >= 0) {
    return refuse('AMOUNT_TOO_SMALL', {}, { field: `pieces.${Math.max(zero, 0).toString()}.amountFen` });
  }
  const [requestedFen, availableFen] = [sumFen(amountsFen), sizeFen(range)];
  if (requestedFen > availableFen) return refuse('AMOUNT_EXCEEDS_HOLDING', { requestedFen, availableFen });
  const restFen = availableFen - requestedFen;
  const isWhole = amountsFen.length === 1 && restFen === 0n;
  const smallestFen = smallestHoldingFen(faceFen, rules);
  const tooSmall = [...amountsFen, ...(restFen > 0n ? [restFen] : [])].find((piece) => piece < smallestFen);
  if (!isWhole && tooSmall !== undefined) return refuse('HOLDING_TOO_SMALL', { pieceFen: tooSmall, smallestFen });
  let lo = range.lo;
  const pieces = amountsFen.map((amount): UnitRange => ({ lo, hi: (lo += amount) }));
  return accept({ pieces, remainder: restFen > 0n ? { lo, hi: range.hi } : null });
}
