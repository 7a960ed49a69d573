import { concerns, resourceOf } from './notice';

describe('notices', () => {
  it.each([
    ['{"resource":"holding","id":"1"}', 'holding'],
    ['{"type":"block","id":"1"}', 'block'],
    ['{}', null],
    ['<html>', null],
  ])('of %s name %s', (data, resource) => {
    expect(resourceOf(data)).toBe(resource);
  });

  it('refresh what is on screen, and for a mere block only the state of the network', () => {
    expect(concerns(['holdings', 'getList'], 'operation')).toBe(true);
    expect(concerns(['network'], 'block')).toBe(true);
    expect(concerns(['holdings', 'getList'], 'block')).toBe(false);
    expect(concerns(['session', 'profile'], 'operation')).toBe(false);
    expect(concerns(['preview', 'order', {}, '2026-11-23'], 'operation')).toBe(false);
  });
});
