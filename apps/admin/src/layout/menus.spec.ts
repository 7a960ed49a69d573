import { MEMBER_KINDS } from '@tallystick/protocol';
import { MENUS } from './menus';

describe.each(MEMBER_KINDS)('the menu of %s', (kind) => {
  it('has at most eight entries, home first', () => {
    expect(MENUS[kind].length).toBeLessThanOrEqual(8);
    expect(MENUS[kind][0]?.to).toBe('/');
  });

  it('gives each entry a letter and an address of its own', () => {
    expect(new Set(MENUS[kind].map(({ letter }) => letter)).size).toBe(MENUS[kind].length);
    expect(new Set(MENUS[kind].map(({ to }) => to)).size).toBe(MENUS[kind].length);
  });
});
