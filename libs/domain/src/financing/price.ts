import type { IsoDate } from '../calendar';
import { sumFen } from '../money';
import { allInApr, interest, interestDays, type DayCount } from '../rate';
import { accept, refuse, type Outcome } from '../refusal';

/** A fee with its payee, fen. */
export interface FeeView {
  name: string;
  payee: string;
  fen: bigint;
}

/** What a price is computed from. */
export interface PriceRequest {
  amountFen: bigint;
  /** Yearly rate, parts per million. */
  ratePpm: number;
  basis: DayCount;
  /** The day the money is paid out; counted. */
  valueDate: IsoDate;
  /** The day interest ends; not counted. */
  endDate: IsoDate;
  fees: readonly FeeView[];
  interestBearer: 'supplier' | 'core';
}

/** The full price of a financing in advance (bank discount). */
export interface Price {
  days: number;
  interestFen: bigint;
  feesFen: bigint;
  /** What the owner receives: amount − interest, unless the core bears it − fees. */
  netFen: bigint;
  /** What the owner bears, over what it receives, a year of the basis; ppm. */
  aprPpm: bigint;
}

/** The price of a financing (T01, T02, T10). Refuses with BAD_INPUT (no day between the dates), QUOTE_WITHOUT_NET. */
export function priceFinancing(request: PriceRequest): Outcome<Price> {
  const { amountFen, basis, valueDate, endDate } = request;
  if (valueDate >= endDate) return refuse('BAD_INPUT', { latest: endDate }, { field: 'valueDate' });
  const days = interestDays(valueDate, endDate, basis);
  const interestFen = interest(amountFen, BigInt(request.ratePpm), days, basis);
  const feesFen = sumFen(request.fees.map(({ fen }) => fen));
  const costFen = feesFen + (request.interestBearer === 'supplier' ? interestFen : 0n);
  const netFen = amountFen - costFen;
  if (netFen <= 0n || days === 0) return refuse('QUOTE_WITHOUT_NET', { amountFen, costFen });
  return accept({ days, interestFen, feesFen, netFen, aprPpm: allInApr(costFen, netFen, days, basis) });
}
