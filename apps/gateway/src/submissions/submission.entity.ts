import type { SignedInstruction } from '@tallystick/protocol';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { jsonText } from '../operations/json-text';

/**
 * `queued` waits for its worker; `submitted` was endorsed and perhaps ordered; `unknown`: ordered, end not learnt yet;
 * `committed`: in a block; `recorded`: the projection has that block; `refused`: the contract said no.
 */
export type SubmissionState = 'queued' | 'submitted' | 'unknown' | 'committed' | 'recorded' | 'refused';

export const OPEN_STATES: readonly SubmissionState[] = ['queued', 'submitted', 'unknown', 'committed'];

/** What a refused submission says: the contract's code and details. */
export interface StoredRefusal {
  code: string;
  details: Record<string, unknown>;
}

/** One signed instruction on its way to the ledger, of a person's operation or of an organisation's service. */
@Entity('ledger_submissions')
@Index('ledger_submissions_open', ['org', 'state', 'createdAt'])
@Index('ledger_submissions_operation', ['operationId', 'stepIdx'])
export class SubmissionRow {
  /** `instructionKey`: the same instruction is never submitted under two rows. */
  @PrimaryColumn('text', { name: 'instruction_key', primaryKeyConstraintName: 'ledger_submissions_pk' })
  instructionKey!: string;

  @Column('text')
  org!: string;

  @Column('text')
  member!: string;

  @Column('uuid', { name: 'operation_id', nullable: true })
  operationId!: string | null;

  @Column('integer', { name: 'step_idx', nullable: true })
  stepIdx!: number | null;

  /** `contract.fn`. */
  @Column('text')
  call!: string;

  /** Issues under one line go out together; null for every other call. */
  @Column('text', { nullable: true })
  line!: string | null;

  /** Queue of the worker that takes it. */
  @Column('text')
  queue!: string;

  @Column('text')
  state!: SubmissionState;

  /** The instruction as signed, kept so that a crash submits the same again. */
  @Column('text', { transformer: jsonText })
  signed!: SignedInstruction;

  /** What travels beside it: an issuer's undertakings, a receipt that comes with a disbursement. */
  @Column('text', { transformer: jsonText })
  companions!: { undertakings?: Undertakings; receipt?: SignedInstruction };

  @Column('text', { name: 'tx_id', nullable: true })
  txId!: string | null;

  @Column('bigint', { nullable: true })
  block!: string | null;

  @Column('integer')
  attempts!: number;

  /** Organisations that may read what it made but did not answer: they get their copies later. */
  @Column('text', { array: true })
  owed!: string[];

  @Column('jsonb', { nullable: true })
  refusal!: StoredRefusal | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}

/** Signatures on each certificate's promise, in the order of the instruction's body. */
export type Undertakings = { role: 'maker' | 'checker' | 'risk'; keyId: string; sig: string }[][];
