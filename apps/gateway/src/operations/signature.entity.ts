import type { InstructionSignature } from '@tallystick/protocol';
import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { jsonText } from './json-text';

/** What one person signed of an operation, step by step. */
export interface SignedStep {
  signature: InstructionSignature;
  undertakings: { certificate: string; sig: string }[];
}

/** One person's signature; each role once and each person once. */
@Entity('operation_signatures')
@Unique('operation_signatures_person', ['operationId', 'userId'])
export class SignatureRow {
  @PrimaryColumn('uuid', { name: 'operation_id', primaryKeyConstraintName: 'operation_signatures_pk' })
  operationId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'operation_signatures_pk' })
  role!: 'maker' | 'checker' | 'risk';

  @Column('text')
  org!: string;

  @Column('text')
  member!: string;

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('text', { name: 'user_name' })
  userName!: string;

  @Column('timestamptz')
  at!: Date;

  @Column('text', { transformer: jsonText })
  steps!: SignedStep[];
}
