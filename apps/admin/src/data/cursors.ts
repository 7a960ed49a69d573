/**
 * Page numbers on top of keyset cursors. React-admin asks for page n; the gateway knows only "what comes after this
 * cursor". So the cursor of each page's start is remembered per list, and pages not yet walked to are walked to.
 */
import type { Page } from '../api/types';

const MOST_LISTS = 100;

export class PageCursors {
  private readonly lists = new Map<string, (string | null)[]>();

  /**
   * Fetches the `number`-th page (from 1) of the list that `key` names.
   * @returns an empty page beyond the end
   */
  async page<T>(key: string, number: number, fetchPage: (cursor: string | null) => Promise<Page<T>>): Promise<Page<T>> {
    const known = this.startsOf(key);
    let at = Math.min(number, known.length);
    for (;;) {
      const page = await fetchPage(known[at - 1] ?? null);
      // What follows was cut from an older state of the list when the cursor differs.
      if (known[at] !== page.nextCursor) known.length = at;
      if (page.nextCursor !== null) known[at] = page.nextCursor;
      if (at === number) return page;
      if (page.nextCursor === null) return { items: [], nextCursor: null };
      at += 1;
    }
  }

  private startsOf(key: string): (string | null)[] {
    const known = this.lists.get(key) ?? [null];
    this.lists.delete(key);
    this.lists.set(key, known);
    if (this.lists.size > MOST_LISTS) this.lists.delete(this.lists.keys().next().value ?? '');
    return known;
  }
}
