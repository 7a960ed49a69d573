import { idOfRef, refOf, type Ref } from './record-ref';

/** What every member lives under: nobody is given to see it, everybody sees what it changes. */
const EVERYBODYS: readonly string[] = ['Genesis', 'Clock', 'RulePack', 'Schedule', 'Member'];

const typeOf = (ref: Ref): string => ref.split('/')[0] ?? '';

/** Whether something changed that shows on everybody's pages, such as the trial's date. */
export const concernsEverybody = (changed: readonly Ref[]): boolean =>
  changed.some((ref) => EVERYBODYS.includes(typeOf(ref)));

/** What changed, as people see it: an agreement and a page of payouts are part of their order, which is what they look at. */
export function asSeen(changed: readonly Ref[]): Ref[] {
  const orders = changed
    .filter((ref) => typeOf(ref) === 'Agreement' || typeOf(ref) === 'Page')
    .map((ref) => refOf('Order', idOfRef(ref).split('/')[0] ?? ''));
  return [...new Set([...changed, ...orders])];
}
