import { ProblemError } from '../problem/problem.error';
import { decodeCursor, encodeCursor, toPage } from './cursor';

describe('cursors', () => {
  it('come back as they went', () => {
    const position = ['2026-11-23', null, 7, 'id'];
    expect(decodeCursor('holdings:due', encodeCursor('holdings:due', position), 4)).toEqual(position);
  });

  it.each([
    '',
    'nonsense',
    '%%%',
    Buffer.from('{"a":1}').toString('base64url'),
    encodeCursor('other', ['x']),
    encodeCursor('holdings', ['x', 'y']),
  ])('refuses %p', (cursor) => {
    expect(() => decodeCursor('holdings', cursor, 1)).toThrow(ProblemError);
  });

  it('lead to the next page only if there is one', () => {
    const page = (rows: number[]) => toPage(rows, 2, 'list', (row) => [row], String);
    expect(page([1, 2])).toEqual({ items: ['1', '2'], next: null });
    expect(page([1, 2, 3])).toEqual({ items: ['1', '2'], next: encodeCursor('list', [2]) });
    expect(page([])).toEqual({ items: [], next: null });
  });
});
