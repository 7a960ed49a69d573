import { planFixedCall, planValueCall, type NetworkView } from '@tallystick/protocol';
import type { Applied, Invited, Quoted } from '../testing/cash';
import type { Asked, Deal, Price } from './book';
import { heldOf } from './transferring';
import { partiesOfPart, type Move, type World } from './world';

/* What the moves of a financing have in common. */

export const appliedOf = ({ part, owner, id, sealed }: Deal): Applied => ({
  ...heldOf(part),
  owner,
  order: id,
  sealed,
  rest: null,
});
export const invitedOf = ({ deal, bank, opening }: Asked): Invited => ({
  ...appliedOf(deal),
  bank,
  invitation: opening,
});
export const quotedOf = ({ asked, opening, net }: Price): Quoted => ({ ...invitedOf(asked), quote: opening, net });
export const dealPlan =
  ({ deal, bank }: Asked): Move['plan'] =>
  (network) =>
    planFixedCall([deal.owner.record.host, bank.record.host], network);
export const ownerPlan =
  ({ part }: Deal): Move['plan'] =>
  (network: NetworkView) =>
    planValueCall(partiesOfPart(part), network);

export const isOpen = ({ now }: World, { state, until }: Deal): boolean => state === 'open' && now < until;
export function openFault({ now }: World, { state, until }: Deal): string | null {
  if (state !== 'open') return 'ORDER_STATE';
  return now >= until ? 'ORDER_OVER' : null;
}
export const unlock = (deal: Deal): void => {
  if (deal.part.status === 'live' && deal.part.lock === deal) deal.part.lock = null;
};
