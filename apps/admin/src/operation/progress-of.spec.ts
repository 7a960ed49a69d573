import type { Operation } from '@tallystick/protocol';
import { progressOf } from './progress-of';

const outcome = { txId: 't1', block: '7', at: '2026-11-23T01:00:00.000Z' };
const signed = { role: 'maker' as const, user: 'a', at: outcome.at };
const operation = (state: Operation['state'], more: Partial<Operation> = {}, step: object = {}): Operation =>
  ({
    state,
    signatures: [signed],
    needs: [],
    steps: [{ outcome: null, refusal: null, ...step }],
    ...more,
  }) as unknown as Operation;
const marks = (of: Operation) => progressOf(of).stations.map(({ name, mark }) => `${name}:${mark}`);

describe('where an operation stands', () => {
  it.each([
    ['toSign', operation('toSign', { signatures: [] }), ['signed:now', 'sent:ahead', 'recorded:ahead']],
    [
      'toCheck',
      operation('toCheck', { needs: ['checker'] }),
      ['signed:done', 'check:now', 'sent:ahead', 'recorded:ahead'],
    ],
    ['queued', operation('queued'), ['signed:done', 'sent:now', 'recorded:ahead']],
    ['submitted', operation('submitted'), ['signed:done', 'sent:done', 'recorded:now']],
    ['recorded', operation('recorded', {}, { outcome }), ['signed:done', 'sent:done', 'recorded:done']],
    ['unknown', operation('unknown'), ['signed:done', 'sent:done', 'unknown:now']],
    ['refused', operation('refused'), ['signed:done', 'sent:done', 'refused:failed']],
    ['returned', operation('returned'), ['signed:done', 'returned:failed']],
    ['expired', operation('expired', { signatures: [] }), ['expired:failed']],
  ] as const)('%s', (_, one, expected) => {
    expect(marks(one)).toEqual(expected);
  });

  it('submitted is not recorded', () => {
    expect(marks(operation('submitted'))).not.toContain('recorded:done');
  });

  it('tells block and transaction once it is on the ledger', () => {
    expect(progressOf(operation('recorded', {}, { outcome })).stations.at(-1)?.outcome).toEqual(outcome);
  });

  it('tells why it was refused', () => {
    const refusal = { detail: 'The line is used up', rule: 'domain 1.5', code: 'LINE_EXCEEDED', details: { x: 1 } };
    expect(progressOf(operation('refused', {}, { refusal })).refusal).toEqual({
      detail: 'The line is used up',
      rule: 'domain 1.5',
    });
  });
});
