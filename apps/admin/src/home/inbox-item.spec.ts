import { addressOf, todoOf } from './inbox-item';

describe('an inbox item', () => {
  it('leads to its operation before its record', () => {
    expect(addressOf({ operation: 'o1', subject: { type: 'certificate', id: 'c1' } })).toBe('/operations/o1/show');
    expect(addressOf({ subject: { type: 'certificate', id: 'c1' } })).toBe('/certificates/c1/show');
    expect(addressOf({})).toBe('/');
  });

  it('asks for what it names, and is opened when we do not know the word', () => {
    expect(todoOf({ action: 'accept' })).toBe('accept');
    expect(todoOf({ action: 'somethingNew' })).toBe('open');
  });
});
