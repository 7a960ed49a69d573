import { type Call, type Ledger, type SubmitResult, ValidationCodes } from './port';

export interface RetryPolicy {
  /** Submissions in all, the first one included. */
  attempts: number;
  /** Longest first pause; doubles with each attempt up to `maxPauseMs`. */
  firstPauseMs: number;
  maxPauseMs: number;
  /** In [0, 1): jitter, so that those who collided do not collide again. */
  random: () => number;
  sleep: (ms: number) => Promise<void>;
}

/**
 * The same ledger, but lost races are asked again with the same arguments: the contract then answers with the stored
 * outcome or the true refusal, so that people never see a conflict. Asked again are
 * - a conflict, and endorsers that disagree (they may have stood at different heights), up to `attempts` times;
 * - any other code 10 once: the key may have changed hands, and its policy with them, in an earlier block.
 * A refusal, an organisation that is down, and an unknown outcome are not: the caller decides.
 */
export function withRetries(ledger: Ledger, policy: RetryPolicy): Ledger {
  return {
    mspId: ledger.mspId,
    submit: (call) => submitWithRetries(ledger, policy, call),
    evaluate: (query) => ledger.evaluate(query),
    height: () => ledger.height(),
    block: (number) => ledger.block(number),
    transaction: (txId) => ledger.transaction(txId),
    outcome: (txId) => ledger.outcome(txId),
    blocks: (from, signal) => ledger.blocks(from, signal),
  };
}

async function submitWithRetries(ledger: Ledger, policy: RetryPolicy, call: Call): Promise<SubmitResult> {
  let result = await ledger.submit(call);
  for (let attempt = 1; attempt < Math.min(policy.attempts, allowedAttempts(result, policy)); attempt += 1) {
    const longest = Math.min(policy.maxPauseMs, policy.firstPauseMs * 2 ** (attempt - 1));
    await policy.sleep(policy.random() * longest);
    // The next attempt must see the block that this one lost to.
    const afterBlock = result.kind === 'rejected' ? result.blockNumber : call.afterBlock;
    result = await ledger.submit(afterBlock === undefined ? call : { ...call, afterBlock });
  }
  return result;
}

function allowedAttempts(result: SubmitResult, { attempts }: RetryPolicy): number {
  if (result.kind === 'rejected' && result.conflict) return attempts;
  if (result.kind === 'rejected' && result.code === ValidationCodes.endorsementPolicyFailure) return 2;
  if (result.kind === 'notEndorsed' && result.cause === 'mismatch') return attempts;
  return 1;
}
