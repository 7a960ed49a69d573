/** What an event of `/events` names: the kind of record that changed. Both spellings of the field are read. */
export function resourceOf(data: string): string | null {
  try {
    const notice = JSON.parse(data) as { resource?: unknown; type?: unknown };
    const named = notice.resource ?? notice.type;
    return typeof named === 'string' ? named : null;
  } catch {
    return null;
  }
}

/** Queries that stay as they are whatever happens on the ledger; a price depends on the form and the day alone. */
const LASTING: readonly unknown[] = ['session', 'preview'];

/**
 * Whether a query has to be asked again after a notice. A block alone moves height and date only; anything else may show in
 * lists, numbers and permissions alike, so everything on screen is asked again.
 */
export function concerns(queryKey: readonly unknown[], resource: string): boolean {
  const [first] = queryKey;
  if (LASTING.includes(first)) return false;
  return resource === 'block' ? first === 'network' : true;
}
