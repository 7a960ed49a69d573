/** Applications for cash as applicant and banks see them; a bank sees its own quotes only. */
import type { Answer, ItemOf } from '../api/types';
import { fenOf } from '../money/money';

export type Financing = ItemOf<'FinancingPage_Output'>;
export type Stage = Financing['stage'];
/** Rates are percent a year. */
export type Quote = Financing['quotes'][number];
/** `POST /financings/:id/quotes/preview`. */
export type QuotePreview = Answer<'PreviewDto_Output'>;

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
] as const satisfies readonly Stage[];

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

/** Until when the next step is to be taken, before the amount is free again; null when nothing is waited for. */
export function deadlineOf({
  stage,
  openUntil,
  decideBy,
  agreement,
}: Pick<Financing, 'stage' | 'openUntil' | 'decideBy'> & { agreement: { validUntil: string } | null }): string | null {
  switch (placeOf(stage)) {
    case 0:
      return openUntil;
    case 1:
    case 2:
      return decideBy;
    case 3:
      return agreement?.validUntil ?? null;
    default:
      return null;
  }
}

/** Quotes that stand, the most cash first; those that are over after them. */
export function inOrderOfCost(quotes: readonly Quote[]): Quote[] {
  const isOver = ({ state }: Quote) => (state === 'open' || state === 'accepted' ? 0 : 1);
  const byNet = (one: Quote, other: Quote) => (fenOf(one.net) > fenOf(other.net) ? -1 : 1);
  return [...quotes].sort((one, other) => isOver(one) - isOver(other) || byNet(one, other));
}
