import { OPERATION_KINDS, STEP_BUILDERS } from '@tallystick/protocol';
import { en } from '../i18n/en';
import { zh } from '../i18n/zh';
import { describe as describeCall, DESCRIBERS } from './describe';

const at = (messages: object, path: string): unknown =>
  path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], messages);

describe('what is signed', () => {
  it('has words for every call that people sign', () => {
    for (const call of [...Object.keys(STEP_BUILDERS), 'financing.apply']) expect(DESCRIBERS).toHaveProperty([call]);
  });

  it.each(Object.keys(DESCRIBERS))('%s says what it does and whether it can be undone, in both languages', (call) => {
    for (const messages of [en, zh]) {
      for (const part of ['says', 'undo'])
        expect(at(messages.operation.call, `${call}.${part}`)).toEqual(expect.stringMatching(/\S/));
    }
  });

  it.each(OPERATION_KINDS)('%s has a title and says what comes next', (kind) => {
    for (const messages of [en, zh]) {
      expect(at(messages.operation.kind, kind)).toEqual(expect.any(String));
      expect(at(messages.operation.next, kind)).toEqual(expect.any(String));
    }
  });

  it('names the day a moved clock comes to, at +08:00', () => {
    const moved = { call: 'network.moveClock', facts: { member: 'M', body: { offsetMs: 86_400_000 } } } as const;
    expect(describeCall(moved, '2026-11-23T15:59:59.999Z').vars['date']).toEqual({ kind: 'date', date: '2026-11-24' });
    expect(describeCall(moved, '2026-11-23T16:00:00.000Z').vars['date']).toEqual({ kind: 'date', date: '2026-11-25' });
  });

  it('adds up several certificates and lists each', () => {
    const certificate = (faceFen: bigint) => ({
      public: { dueDate: '2027-04-30', issuedOn: '2026-11-23', acceptBy: '2026-12-03T09:00:00.000Z' },
      terms: { firstCreditor: 'C', latePpmPerDay: 500, invoices: [], contractNo: '', note: '', longTenorReason: null },
      faceFen,
    });
    const explained = {
      call: 'certificate.issueMany',
      facts: { member: 'M', certificates: [certificate(1n), certificate(2n)] },
    };
    const said = describeCall(explained as unknown as Parameters<typeof describeCall>[0], '');
    expect(said.vars['amount']).toEqual({ kind: 'money', fen: 3n });
    expect(said.vars['smart_count']).toEqual({ kind: 'count', count: 2 });
    expect(said.items).toHaveLength(2);
  });

  it('refuses a call that only services sign', () => {
    const service = { call: 'settlement.close', facts: { member: 'M', body: {} } } as unknown as Parameters<
      typeof describeCall
    >[0];
    expect(() => describeCall(service, '')).toThrow(RangeError);
  });
});
