import type { InboxItem } from '../api/types';

const TODOS = ['sign', 'check', 'accept', 'pay', 'quote', 'choose', 'approve', 'disburse', 'admit'] as const;
export type Todo = (typeof TODOS)[number] | 'open';

/** What the reader is asked to do; an action that a newer gateway names is simply opened. */
export function todoOf({ action }: Pick<InboxItem, 'action'>): Todo {
  return TODOS.find((todo) => todo === action) ?? 'open';
}

/** Where the reader does it: an operation's own page, else its record's. */
export function addressOf({ operation, subject }: Pick<InboxItem, 'operation' | 'subject'>): string {
  if (operation !== undefined) return `/operations/${operation}/show`;
  return subject === undefined ? '/' : pageOf(subject);
}

/** The page of a record. */
export function pageOf({ type, id }: { type: string; id: string }): string {
  return `/${type.endsWith('s') ? type : `${type}s`}/${id}/show`;
}
