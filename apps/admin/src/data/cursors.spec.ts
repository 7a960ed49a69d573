import { PageCursors } from './cursors';

const rows = Array.from({ length: 7 }, (_, index) => index);

function list(size = 3) {
  const asked: (string | null)[] = [];
  return {
    asked,
    fetchPage: (cursor: string | null) => {
      asked.push(cursor);
      const from = Number(cursor ?? 0);
      const end = from + size;
      return Promise.resolve({ items: rows.slice(from, end), nextCursor: end < rows.length ? String(end) : null });
    },
  };
}

describe('pages on cursors', () => {
  it('walks to a page it has not seen, then goes straight to it', async () => {
    const cursors = new PageCursors();
    const { asked, fetchPage } = list();
    expect((await cursors.page('a', 3, fetchPage)).items).toEqual([6]);
    expect(asked).toEqual([null, '3', '6']);
    asked.length = 0;
    expect((await cursors.page('a', 2, fetchPage)).items).toEqual([3, 4, 5]);
    expect(asked).toEqual(['3']);
  });

  it('keeps the cursors of different lists apart', async () => {
    const cursors = new PageCursors();
    await cursors.page('a', 2, list(3).fetchPage);
    const other = list(2);
    expect((await cursors.page('b', 2, other.fetchPage)).items).toEqual([2, 3]);
    expect(other.asked).toEqual([null, '2']);
  });

  it('answers an empty page beyond the end', async () => {
    expect(await new PageCursors().page('a', 9, list().fetchPage)).toEqual({ items: [], nextCursor: null });
  });

  it('forgets later pages when an earlier one now ends elsewhere', async () => {
    const cursors = new PageCursors();
    await cursors.page('a', 3, list(3).fetchPage);
    const changed = list(2);
    await cursors.page('a', 1, changed.fetchPage);
    changed.asked.length = 0;
    await cursors.page('a', 3, changed.fetchPage);
    expect(changed.asked).toEqual(['2', '4']);
  });
});
