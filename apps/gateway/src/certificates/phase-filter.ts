import { addDays, businessDateOf, instantAt } from '@tallystick/domain';
import type { Facts } from '../operations/network-facts';
import type { CERTIFICATE_PHASES } from './certificate.view';

const STATUS = `r.body ->> 'status'`;
const DUE = `r.body #>> '{public,dueDate}'`;
const ACCEPT_BY = `r.body #>> '{public,acceptBy}'`;
const PAID_IN_FULL = `(r.body ->> 'paidInFull')::boolean`;

/**
 * A phase as a condition over records, since phases follow from dates and are stored nowhere. Due dates are business days at issue,
 * so that the nominal one is the rolled one; only a calendar published later moves it, which a list may then show a day early.
 */
export function phaseFilter(
  phase: (typeof CERTIFICATE_PHASES)[number],
  { now, rules }: Facts,
): { where: string; values: unknown[] } {
  const today = businessDateOf(now);
  // The last due date whose cut-off has passed.
  const passed =
    now >= instantAt(addDays(today, rules.graceDays), rules.cutOff) ? today : addDays(today, -1 - rules.graceDays);
  const defaulted = addDays(today, -rules.defaultDays);
  const open = `${STATUS} = 'active' AND NOT ${PAID_IN_FULL}`;
  switch (phase) {
    case 'offered':
      return { where: `${STATUS} = 'offered' AND ${ACCEPT_BY} > ?`, values: [now] };
    case 'lapsed':
      return { where: `${STATUS} = 'offered' AND ${ACCEPT_BY} <= ?`, values: [now] };
    case 'active':
      return { where: `${open} AND ${DUE} > ?`, values: [today] };
    case 'partPaid':
      return { where: `${open} AND r.body ->> 'paid' IS NOT NULL AND ${DUE} > ?`, values: [passed] };
    case 'due':
      return { where: `${open} AND ${DUE} = ? AND ${DUE} > ?`, values: [today, passed] };
    case 'overdue':
      return { where: `${open} AND ${DUE} <= ? AND ${DUE} > ?`, values: [passed, defaulted] };
    case 'defaulted':
      return { where: `${open} AND ${DUE} <= ?`, values: [defaulted] };
    case 'paid':
      return { where: `${STATUS} = 'active' AND ${PAID_IN_FULL}`, values: [] };
    default:
      return { where: `${STATUS} = ?`, values: [phase] };
  }
}
