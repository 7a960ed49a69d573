import type { OperationKind, OperationState } from '@tallystick/protocol';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Whose signatures an operation needs; the names are the contract's (`ledger.md` §3.1). */
export type OperationAuthority = 'byAmount' | 'onePerson' | 'makerChecker' | 'approval';

/** A command of a member from draft to block: the form, who made it, where it stands. */
@Entity('operations')
@Index('operations_list', ['org', 'member', 'createdAt', 'id'])
@Index('operations_waiting', ['org'], { where: `state IN ('toSign', 'toCheck')` })
export class OperationRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'operations_pk' })
  id!: string;

  @Column('text')
  org!: string;

  @Column('text')
  member!: string;

  @Column('text')
  kind!: OperationKind;

  @Column('text')
  state!: OperationState;

  /** Rises with each change, so that two who act at once are told apart. */
  @Column('integer')
  version!: number;

  @Column('uuid', { name: 'created_by' })
  createdBy!: string;

  @Column('text', { name: 'created_by_name' })
  createdByName!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;

  /** Business time after which it makes no sense any more. */
  @Column('timestamptz', { nullable: true })
  deadline!: Date | null;

  /** Raw time: end of the signed instructions' lifetime. */
  @Column('timestamptz', { name: 'not_after' })
  notAfter!: Date;

  @Column('text')
  authority!: OperationAuthority;

  /** What it moves, fen as text: decides whether one signature suffices. */
  @Column('text', { name: 'amount_fen' })
  amountFen!: string;

  @Column('jsonb')
  summary!: {
    amount?: { amount: string; currency: 'CNY' };
    counterparty?: { id: string; name: string; nameEn: string };
    certificateNo?: string;
    subject: { type: string; id: string };
  };

  @Column('jsonb')
  form!: Record<string, unknown>;

  /** Why it was returned or cancelled. */
  @Column('text', { nullable: true })
  note!: string | null;
}
