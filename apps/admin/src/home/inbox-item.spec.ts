import { addressOf, taskOf, todoOf } from './inbox-item';

describe('an inbox item', () => {
  it('leads to its operation before its record', () => {
    expect(addressOf({ operation: 'o1', subject: { type: 'certificate', id: 'c1' } })).toBe('/operations/o1/show');
    expect(addressOf({ subject: { type: 'certificate', id: 'c1' } })).toBe('/certificates/c1/show');
  });

  it('asks a checker to check what asks its maker to sign', () => {
    expect(todoOf({ kind: 'operation.toSign', action: 'sign' })).toBe('sign');
    expect(todoOf({ kind: 'operation.toCheck', action: 'sign' })).toBe('check');
    expect(taskOf({ kind: 'operation.toCheck', title: 'certificate.issue' })).toEqual({
      text: 'home.task.toCheck',
      operation: 'certificate.issue',
    });
  });

  it('tells whoever drafted it that it lapsed', () => {
    expect(todoOf({ kind: 'operation.expired', action: 'renew' })).toBe('renew');
    expect(taskOf({ kind: 'operation.expired', title: 'transfer.offer' })).toEqual({
      text: 'home.task.expired',
      operation: 'transfer.offer',
    });
  });

  it('has words for what it does not know', () => {
    expect(todoOf({ kind: 'x', action: 'somethingNew' })).toBe('open');
    expect(taskOf({ kind: 'x', title: 'something.new' })).toEqual({ text: 'home.task.other', operation: null });
    expect(taskOf({ kind: 'x', title: 'financing.quote' }).text).toBe('home.task.financing.quote');
  });
});
