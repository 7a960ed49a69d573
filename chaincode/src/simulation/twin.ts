import { canonicalJson } from '@tallystick/crypto';
import {
  ContractRefusal,
  ValidationCodes,
  type Call,
  type Ledger,
  type LedgerNetwork,
  type Query,
  type SubmitResult,
  type Tx,
} from '@tallystick/ledger';
import { isDeepStrictEqual } from 'node:util';

/** Two ledgers were told the same and answered differently. */
export class Disagreement extends Error {
  override readonly name = 'Disagreement';
  constructor(what: string, first: unknown, second: unknown) {
    super(`${what}: ${print(first)} / ${print(second)}`);
  }
}

/** A second ledger, told everything that the first one is, at the same transaction time. */
export interface Mirror {
  network: LedgerNetwork;
  /** Sets the time of its next transaction and of its endorsers' clocks, ms. */
  setTime(ms: number): void;
}

/**
 * Two ledgers as one: whatever is submitted or asked goes to both, one thing after the other, and must have the same end: result, refusal or
 * validation code, writes, key policies, hashes of private values, private values of each organisation. Blocks are the first one's.
 */
export class Twin implements LedgerNetwork {
  /** How many submissions had the same end on both. */
  agreed = 0;
  /** The newest block that the first ledger is known to have: what follows depends on it. */
  private newest: bigint | null = null;

  constructor(
    private readonly first: LedgerNetwork,
    private readonly mirror: Mirror,
    /** Time of calls that reach no block, ms. */
    private readonly now: () => number,
  ) {}

  get mspIds(): readonly string[] {
    return this.first.mspIds;
  }

  ledgerFor(mspId: string): Ledger {
    const ledger = this.first.ledgerFor(mspId);
    const other = this.mirror.network.ledgerFor(mspId);
    return {
      mspId,
      submit: (call) => this.submit(ledger, other, call),
      evaluate: (query) => this.evaluate(ledger, other, query),
      height: () => ledger.height(),
      block: (number) => ledger.block(number),
      transaction: (txId) => ledger.transaction(txId),
      outcome: (txId) => ledger.outcome(txId),
      blocks: (from, signal) => ledger.blocks(from, signal),
    };
  }

  async close(): Promise<void> {
    await this.first.close();
    await this.mirror.network.close();
  }

  private async submit(ledger: Ledger, other: Ledger, call: Call): Promise<SubmitResult> {
    const { afterBlock: _, ...mirrored } = call;
    const result = await ledger.submit({ ...call, ...this.after });
    const located = 'blockNumber' in result ? await ledger.transaction(result.txId) : null;
    this.mirror.setTime(located === null ? this.now() : Date.parse(located.tx.timestamp));
    const again = await other.submit(mirrored);
    const what = `${call.contract}.${call.fn}`;
    same(what, endOf(result), endOf(again));
    if (located !== null && 'blockNumber' in result) {
      this.newest = result.blockNumber;
      const inMirror = await other.transaction(again.txId);
      same(`${what} in its block`, effectsOf(located.tx), inMirror === null ? null : effectsOf(inMirror.tx));
      for (const mspId of this.mspIds) await this.sameSecrets(mspId, result.txId, again.txId);
    }
    this.agreed += 1;
    return result;
  }

  /** Heights of the two are their own. */
  private get after(): { afterBlock?: bigint } {
    return this.newest === null ? {} : { afterBlock: this.newest };
  }

  private async sameSecrets(mspId: string, txId: string, mirrored: string): Promise<void> {
    const ledger = this.first.ledgerFor(mspId);
    while (this.newest !== null && (await ledger.height()) <= this.newest) await new Promise((r) => setTimeout(r, 20));
    const [located, other] = await Promise.all([
      ledger.transaction(txId),
      this.mirror.network.ledgerFor(mspId).transaction(mirrored),
    ]);
    same(`private values of ${mspId}`, secretsOf(located?.tx), secretsOf(other?.tx));
  }

  private async evaluate(ledger: Ledger, other: Ledger, query: Query): Promise<string> {
    const { afterBlock: _, ...mirrored } = query;
    const asked = ledger.evaluate({ ...query, ...this.after });
    const answers = await Promise.all([answerOf(asked), answerOf(other.evaluate(mirrored))]);
    same(`${query.contract}.${query.fn}`, answers[0], answers[1]);
    const [answer] = answers;
    if (answer instanceof ContractRefusal) throw answer;
    return answer;
  }
}

async function answerOf(answer: Promise<string>): Promise<string | ContractRefusal> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ContractRefusal) return error;
    throw error;
  }
}

function endOf(result: SubmitResult): unknown {
  switch (result.kind) {
    case 'committed':
      return { kind: result.kind, result: result.result };
    case 'rejected':
      return { kind: result.kind, code: result.code, conflict: result.conflict };
    case 'notEndorsed':
      return { kind: result.kind, cause: result.cause, refusal: result.refusal ?? null };
    case 'unknown':
      return { kind: result.kind };
  }
}

const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);
const hex = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString('hex'));

/** What all members of the channel see of a transaction, without what names the ledger it stands on. */
function effectsOf(tx: Tx): unknown {
  return {
    fn: `${tx.contract}.${tx.fn}`,
    args: tx.args,
    timestamp: tx.timestamp,
    code: tx.validationCode,
    result: tx.result,
    creator: tx.creatorMsp,
    endorsers: [...tx.endorsers].sort(),
    reads: tx.reads.map(({ key }) => key).sort(),
    writes: tx.writes.map(({ key, value, isDelete }) => ({ key, value: hex(value), isDelete })).sort(byKey),
    policies: tx.policies.map(({ key, policy }) => ({ key, policy: hex(policy) })).sort(byKey),
    hashes: [...tx.privateHashes].map((each) => canonicalJson({ ...each })).sort(),
    event: tx.validationCode === ValidationCodes.valid && tx.event ? [tx.event.name, hex(tx.event.payload)] : null,
  };
}

const secretsOf = (tx: Tx | undefined): unknown =>
  tx?.privateWrites.map(({ collection, key, value }) => [collection, key, hex(value)].join()).sort();

function same(what: string, first: unknown, second: unknown): void {
  if (!isDeepStrictEqual(first, second)) throw new Disagreement(what, first, second);
}

const print = (value: unknown): string => {
  if (value instanceof ContractRefusal) return value.message;
  return JSON.stringify(value) ?? 'nothing';
};
