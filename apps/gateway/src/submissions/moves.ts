import { CHANNEL } from '../events/events.service';
import { OPEN_STATES, type SubmissionState } from './submission.entity';

/** One way on for submissions: their rows, their steps, their operations and the notice to who looks on, in one statement. */
export interface Move {
  keys: readonly string[];
  state: SubmissionState;
  /** What steps and operations then show. */
  shown: 'submitted' | 'unknown' | 'recorded';
  /** Null leaves what is known. */
  txId: string | null;
  block: string | null;
  owed: readonly string[] | null;
  /** Of a step that is recorded: when, on our clock. */
  at: string | null;
}

/** What ends no operation by itself is another matter: a further step follows, or the voiding of another instruction. */
const ENDS_ITS_OPERATION = `AND call <> 'instruction.voidInstruction' AND NOT EXISTS (
  SELECT FROM operation_steps next WHERE next.operation_id = own.operation_id AND next.idx > own.step_idx)`;

/**
 * The statement of a move. Submissions that came to an end stay as they are; it answers how many moved.
 * @param last only those with which their operation ends
 */
export function moveStatement(move: Move, last: boolean): { sql: string; parameters: unknown[] } {
  const { keys, state, shown, txId, block, owed, at } = move;
  const sql = `
    WITH moved AS (
      UPDATE ledger_submissions own SET state = $2, tx_id = coalesce($3, tx_id), block = coalesce($4::bigint, block),
        owed = coalesce($5::text[], owed), updated_at = now()
      WHERE instruction_key = ANY($1) AND state = ANY($6) ${last ? ENDS_ITS_OPERATION : ''}
      RETURNING operation_id, coalesce(step_idx, 0) AS idx, coalesce(tx_id, '') AS tx_id, coalesce(block::text, '') AS block),
    steps AS (
      UPDATE operation_steps step SET state = $7, outcome = CASE WHEN $9::text IS NULL THEN step.outcome
        ELSE jsonb_build_object('txId', moved.tx_id, 'block', moved.block, 'at', $9::text) END
      FROM moved WHERE step.operation_id = moved.operation_id AND step.idx = moved.idx),
    shown AS (
      UPDATE operations operation SET state = $7, version = version + 1, updated_at = now()
      WHERE operation.id IN (SELECT operation_id FROM moved) AND operation.state <> $7
      RETURNING operation.org, operation.member, operation.id),
    told AS (
      SELECT pg_notify($8, json_build_object('org', org, 'member', member, 'resource', 'operation', 'id', id)::text) FROM shown)
    SELECT (SELECT count(*) FROM moved)::int AS moved, (SELECT count(*) FROM told) AS told`;
  return { sql, parameters: [keys, state, txId, block, owed, OPEN_STATES, shown, CHANNEL, at] };
}
