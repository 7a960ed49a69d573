import type { OperationKind, OperationState, StepState } from '@tallystick/protocol';
import type { OperationRow } from './operation.entity';
import type { StepRow } from './step.entity';
import { voidable } from './voidable';

const whole = (kind: OperationKind, state: OperationState, ...steps: [StepState, string | null][]) => ({
  row: { kind, state } as OperationRow,
  steps: steps.map(([step, id]) => ({ state: step, instruction: id === null ? null : { id } }) as StepRow),
});

describe('what may be voided', () => {
  it.each<OperationState>(['queued', 'submitted', 'unknown'])('is a signed instruction that is %s', (state) => {
    expect(voidable(whole('transfer.offer', state, ['queued', 'a']))).toEqual({ id: 'a' });
  });

  it('is the first instruction that is not recorded', () => {
    const steps: [StepState, string][] = [
      ['recorded', 'a'],
      ['unknown', 'b'],
      ['waiting', 'c'],
    ];
    expect(voidable(whole('financing.apply', 'unknown', ...steps))).toEqual({ id: 'b' });
  });

  it.each<OperationState>(['toSign', 'toCheck', 'recorded', 'refused', 'returned', 'cancelled', 'expired'])(
    'is nothing of an operation that is %s',
    (state) => {
      expect(voidable(whole('transfer.offer', state, ['waiting', 'a']))).toEqual({
        code: 'ORDER_STATE',
        details: { state },
      });
    },
  );

  it.each<OperationKind>(['financing.disburse', 'instruction.void'])('is never a %s', (kind) => {
    expect(voidable(whole(kind, 'unknown', ['unknown', 'a']))).toMatchObject({ code: 'ORDER_STATE' });
  });
});
