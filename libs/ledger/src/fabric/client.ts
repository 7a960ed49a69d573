import type { peer } from '@hyperledger/fabric-protos';

/** What the ledger port needs of a Fabric client library; all else of the port is built on this, once for both. */
export interface FabricClient {
  /**
   * Runs a function at one organisation's peer and gives what it returns.
   * @throws PeerProblem
   */
  evaluate(mspId: string, request: ChaincodeRequest, timeoutMs: number): Promise<Uint8Array>;
  /** Makes a proposal for exactly these organisations' peers; its transaction id is known before anything is sent. */
  propose(request: ChaincodeRequest, endorsers: readonly string[]): Proposal;
  /**
   * Blocks from `from` on with the own organisation's private data, from its own peer, until `signal` is aborted.
   * @throws whatever ends the stream before that
   */
  blocks(from: bigint, signal: AbortSignal): AsyncIterable<peer.BlockAndPrivateData>;
  close(): void;
}

export interface ChaincodeRequest {
  chaincode: string;
  /** With the contract's name before a colon, where there is one. */
  fn: string;
  args: string[];
  transient?: Record<string, Uint8Array>;
}

export interface Proposal {
  readonly txId: string;
  readonly endorsers: readonly string[];
  /** Asks the endorsers; may be called again. @returns the problems, when not all endorsed, and alike */
  endorse(timeoutMs: number): Promise<Endorsed | PeerProblem[]>;
}

export interface Endorsed {
  /** What the contract returned. */
  readonly result: string;
  /** Sends it to ordering. @throws Error when that failed, or may have */
  order(timeoutMs: number): Promise<void>;
  /** Waits, at the own peer, for the block that holds it; to be called after `order`. @throws Error when not told */
  ended(timeoutMs: number): Promise<{ blockNumber: bigint; code: number }>;
}

/** Why an organisation's peer did not do what it was asked. */
export class PeerProblem extends Error {
  override readonly name = 'PeerProblem';

  constructor(
    /**
     * `threw`: the contract's own error is the message. `mismatch`: it endorsed something else than the others.
     * `busy`: it takes no more for the moment. `unavailable`: all else.
     */
    readonly kind: 'threw' | 'mismatch' | 'busy' | 'unavailable',
    message: string,
    /** Null when it is not known which organisation it was. */
    readonly mspId: string | null,
  ) {
    super(message);
  }
}

/** Whether a peer's or a gateway's error says that it has too many requests under way. */
export function saysBusy(message: string): boolean {
  return message.includes('too many requests');
}
