import type { Refusal } from '@tallystick/domain';
import type { OperationRow } from './operation.entity';
import type { StepRow } from './step.entity';

/** Signed and on its way: from here only the ledger can end it. */
const ON_ITS_WAY: ReadonlySet<OperationRow['state']> = new Set(['queued', 'submitted', 'unknown']);

/**
 * The instruction that a member may void 作废: signed, on its way, and not known to stand on the ledger; or why there is none.
 * A disbursement is not voided: its money may have left, and what is paid has to be able to bring the claim. Nor is a voiding.
 */
export function voidable({ row, steps }: { row: OperationRow; steps: StepRow[] }): { id: string } | Refusal {
  const step = steps.find(({ state }) => state !== 'recorded');
  const isFinal = row.kind === 'financing.disburse' || row.kind === 'instruction.void';
  if (!ON_ITS_WAY.has(row.state) || isFinal || step === undefined || step.instruction === null) {
    return { code: 'ORDER_STATE', details: { state: row.state } };
  }
  return { id: step.instruction.id };
}
