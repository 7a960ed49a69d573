import type { Block, Tx } from '@tallystick/ledger';
import type { GenesisRecord, RecordOf, RecordType } from '@tallystick/protocol';
import type { Mirror, Mirrored } from '../mirror';
import { refOf, type Ref } from '../record-ref';

/** Why an honest reader does not believe a record (`ledger.md` §3.3). */
export type Counterfeit =
  | 'UNREADABLE'
  | 'KEY_MISMATCH'
  | 'NOT_ENDORSED'
  | 'POLICY_MISSING'
  | 'INSTRUCTION_MISSING'
  | 'INSTRUCTION_FORGED'
  | 'PARENT_NOT_CONSUMED'
  | 'PARENT_COUNTERFEIT'
  | 'CUTS_DO_NOT_CHAIN'
  | 'CHANGE_FORBIDDEN'
  | 'FIRST_HOLDING_MISMATCH'
  | 'CERTIFICATE_UNKNOWN'
  | 'UNDERTAKING_INVALID'
  | 'WITNESS_NOT_INDEPENDENT'
  | 'BORN_PAID'
  | 'ROSTER_MISMATCH'
  | 'ADMISSION_MISSING'
  | 'ADMISSION_INVALID'
  | 'SECOND_GENESIS'
  | 'LOCK_MISSING'
  | 'ORDER_UNKNOWN';

/** One record that a transaction writes. `before` is the mirror's, null for a new key. */
export type Written<T extends RecordType = RecordType> = {
  [K in T]: { ref: Ref; type: K; key: string; record: RecordOf<K>; before: Mirrored<K> | null };
}[T];

/** A transaction under check: what it writes, against the state before it. */
export class Case {
  private readonly byRef: Map<Ref, Written>;

  constructor(
    readonly block: Block,
    readonly index: number,
    readonly tx: Tx,
    readonly writes: readonly Written[],
    readonly mirror: Mirror,
    readonly genesis: GenesisRecord,
  ) {
    this.byRef = new Map(writes.map((write) => [write.ref, write]));
  }

  /** What this transaction writes under a key. */
  written<T extends RecordType>(type: T, ...parts: string[]): Written<T> | null {
    return (this.byRef.get(refOf(type, ...parts)) as Written<T> | undefined) ?? null;
  }

  ofType<T extends RecordType>(type: T): Written<T>[] {
    return this.writes.filter((write) => write.type === type) as Written<T>[];
  }
}

/** Checks one new record; null when nothing is wrong with it. */
export type Check<T extends RecordType> = (written: Written<T>, within: Case) => Promise<Counterfeit | null>;
