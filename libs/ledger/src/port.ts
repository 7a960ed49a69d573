/**
 * The ledger port: what the rest of the product knows about a ledger. One handle is one organisation's view:
 * it speaks as that organisation's client and reads at that organisation's peer. Adapters: embedded, Fabric.
 */
export interface Ledger {
  /** MSP id of the organisation whose view this is. */
  readonly mspId: string;

  /**
   * Endorses at exactly `call.endorsers`, orders, and waits until the transaction's validity is known.
   * Never rejects for an answer of the ledger: refusals, conflicts and doubt are results.
   */
  submit(call: Call): Promise<SubmitResult>;

  /**
   * Runs a function at this organisation's peer and drops what it writes.
   * @throws ContractRefusal when the contract refuses
   * @throws ContractFailed when the contract breaks without a refusal
   * @throws LedgerUnavailable when the peer cannot be asked
   */
  evaluate(query: Query): Promise<string>;

  /** Number of blocks this organisation's peer has committed; the newest is `height − 1`. */
  height(): Promise<bigint>;

  /** The block, or null while this organisation's peer has not committed it. */
  block(number: bigint): Promise<Block | null>;

  /** The first block transaction with that id (a repeated id never changes its outcome), or null. */
  transaction(txId: string): Promise<LocatedTx | null>;

  /** How a transaction ended, or null while no block holds it: the way out of an `unknown` result. */
  outcome(txId: string): Promise<Outcome | null>;

  /** Blocks from `from` on, in order and without gap, for ever; ends when `signal` is aborted. */
  blocks(from: bigint, signal: AbortSignal): AsyncIterable<Block>;
}

/** Several organisations' views of one ledger, as one process may hold them. */
export interface LedgerNetwork {
  readonly mspIds: readonly string[];
  /** @throws Error when the organisation is not one of `mspIds` */
  ledgerFor(mspId: string): Ledger;
  close(): Promise<void>;
}

export interface Query {
  contract: string;
  fn: string;
  args: string[];
  /** Reaches only the asked peers; never recorded. */
  transient?: Record<string, Uint8Array>;
  /** The block whose effects the call depends on: a peer behind it is waited for, bounded. */
  afterBlock?: bigint;
}

export interface Call extends Query {
  transient: Record<string, Uint8Array>;
  /** MSP ids to ask, always named: no client finds the right ones when data are transient. */
  endorsers: string[];
  /**
   * Told the transaction id before the transaction is sent to ordering (once per attempt), so that the caller can
   * record it and ask for its outcome after a crash. When it rejects, nothing is sent.
   */
  onEndorsed?: (txId: string) => Promise<void>;
}

export type SubmitResult =
  | { kind: 'committed'; txId: string; blockNumber: bigint; result: string }
  | Rejected
  | NotEndorsed
  /** The outcome cannot be learnt now: ask `outcome(txId)` later. */
  | { kind: 'unknown'; txId: string };

/** In a block, but without effect. */
export interface Rejected {
  kind: 'rejected';
  txId: string;
  blockNumber: bigint;
  code: ValidationCode;
  /** Name of the code, for people. */
  reason: string;
  /** True when the loss was a race: asked again, the contract gives the stored outcome or the true refusal. */
  conflict: boolean;
}

/** Never sent to ordering, so without effect for certain. */
export interface NotEndorsed {
  kind: 'notEndorsed';
  txId: string;
  /**
   * `refused`: the contract said no, see `refusal`. `mismatch`: endorsers computed different results.
   * `unavailable`: an endorser is down. `behind`: an endorser did not reach `afterBlock` in time.
   * `failed`: the contract broke without a refusal. `abandoned`: `onEndorsed` rejected.
   */
  cause: 'refused' | 'mismatch' | 'unavailable' | 'behind' | 'failed' | 'abandoned';
  refusal?: Refusal;
  /** Who is down or behind, so that the caller can plan without them. */
  organisations?: readonly string[];
  message: string;
}

/** A contract's "no", as data. The codes belong to the domain; the ledger only carries them. */
export interface Refusal {
  code: string;
  details: Record<string, unknown>;
}

export type Outcome = { kind: 'committed'; txId: string; blockNumber: bigint; result: string } | Rejected;

/** Fabric's validation codes, as far as a transaction of ours can get them. */
export const ValidationCodes = {
  valid: 0,
  duplicateTxId: 9,
  endorsementPolicyFailure: 10,
  mvccReadConflict: 11,
} as const;
/** One of `ValidationCodes`, or another of Fabric's numbers. */
export type ValidationCode = number;

export interface Block {
  number: bigint;
  /** Hex SHA-256 of the previous block's header; empty for block 0. */
  previousHash: string;
  /** Hex SHA-256 of this block's header. */
  hash: string;
  /** In order; block 0 and configuration blocks have none. Invalid ones are included: look at `validationCode`. */
  transactions: Tx[];
}

export interface LocatedTx {
  blockNumber: bigint;
  index: number;
  tx: Tx;
}

export interface Tx {
  txId: string;
  /** ISO 8601 UTC, chosen by the client. */
  timestamp: string;
  validationCode: ValidationCode;
  contract: string;
  fn: string;
  args: string[];
  /** What the contract returned. */
  result: string;
  creatorMsp: string;
  /** MSP ids whose valid signature is on the transaction, in the order given. */
  endorsers: string[];
  /** Read set: public to all members of the channel. */
  reads: { key: string; version: Version | null }[];
  writes: { key: string; value: Uint8Array | null; isDelete: boolean }[];
  /** Key-level endorsement policies written (`SignaturePolicyEnvelope` bytes). */
  policies: { key: string; policy: Uint8Array }[];
  /** Clear private data, of the asking organisation's own collection only, and only of a valid transaction. */
  privateWrites: { collection: string; key: string; value: Uint8Array | null }[];
  /** Hex hashes of all private writes: public. */
  privateHashes: { collection: string; keyHash: string; valueHash: string | null; isDelete: boolean }[];
  event: { name: string; payload: Uint8Array } | null;
}

/** Height at which a key was last written. */
export interface Version {
  block: bigint;
  tx: number;
}
