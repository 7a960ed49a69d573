import { type Block, type Outcome, type Tx, type ValidationCode, ValidationCodes } from './port';

/** How the transaction at `index` of the block ended. @throws RangeError when the block has none there */
export function describeOutcome(block: Block, index: number): Outcome {
  const tx = block.transactions[index];
  if (tx === undefined) throw new RangeError(`block ${block.number} has no transaction ${index}`);
  const { txId, validationCode: code } = tx;
  const blockNumber = block.number;
  if (code === ValidationCodes.valid) return { kind: 'committed', txId, blockNumber, result: tx.result };
  return { kind: 'rejected', txId, blockNumber, code, reason: reasonOf(code), conflict: lostRace(block, index) };
}

/**
 * Whether a transaction failed only because another one came first: stale versions, or (code 10 though its endorsers
 * suffice) an earlier transaction of the same block that set the policy of a key it writes. The earlier one counts
 * when its endorsement was in order, even if it lost on versions itself: so do Fabric's peers.
 */
export function lostRace(block: Block, index: number): boolean {
  const tx = block.transactions[index];
  if (tx?.validationCode === ValidationCodes.mvccReadConflict) return true;
  if (tx?.validationCode !== ValidationCodes.endorsementPolicyFailure) return false;
  const changed = new Set(block.transactions.slice(0, index).filter(passedEndorsement).flatMap(policyKeys));
  return [...tx.writes.map(({ key }) => key), ...policyKeys(tx)].some((key) => changed.has(key));
}

function passedEndorsement({ validationCode }: Tx): boolean {
  return validationCode === ValidationCodes.valid || validationCode === ValidationCodes.mvccReadConflict;
}

function policyKeys({ policies }: Tx): string[] {
  return policies.map(({ key }) => key);
}

function reasonOf(code: ValidationCode): string {
  const name = Object.entries(ValidationCodes).find(([, value]) => value === code)?.[0];
  return name ?? `validation code ${code}`;
}
