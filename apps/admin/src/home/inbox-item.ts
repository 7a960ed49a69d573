import type { InboxItem } from '../api/types';
import type { Text } from '../i18n';

const TODOS = ['sign', 'accept', 'settle', 'quote', 'acceptQuote', 'approve', 'disburse', 'follow', 'renew'] as const;
export type Todo = (typeof TODOS)[number] | 'check' | 'open';

/** What the reader is asked to do; an action that a newer gateway names is simply opened. */
export function todoOf({ kind, action }: Pick<InboxItem, 'kind' | 'action'>): Todo {
  if (kind === 'operation.toCheck') return 'check';
  return TODOS.find((todo) => todo === action) ?? 'open';
}

const TASKS = [
  'certificate.accept',
  'certificate.settle',
  'transfer.accept',
  'financing.quote',
  'financing.acceptQuote',
  'financing.approve',
  'financing.sign',
  'financing.disburse',
  'settlement.funds',
] as const;

/** The message that says what waits; an operation's carries what it is in `what`, a path of the operation's own names. */
export function taskOf({ kind, title }: Pick<InboxItem, 'kind' | 'title'>): { text: Text; operation: string | null } {
  if (kind === 'operation.toSign') return { text: 'home.task.toSign', operation: title };
  if (kind === 'operation.toCheck') return { text: 'home.task.toCheck', operation: title };
  if (kind === 'operation.expired') return { text: 'home.task.expired', operation: title };
  const task = TASKS.find((one) => one === title);
  return { text: task === undefined ? 'home.task.other' : `home.task.${task}`, operation: null };
}

/** Where the reader does it: an operation's own page, else its record's. */
export function addressOf({ operation, subject }: Pick<InboxItem, 'operation' | 'subject'>): string {
  return operation === undefined ? pageOf(subject) : `/operations/${operation}/show`;
}

/** The page of a record. */
export function pageOf({ type, id }: { type: string; id: string }): string {
  return `/${type}s/${id}/show`;
}
