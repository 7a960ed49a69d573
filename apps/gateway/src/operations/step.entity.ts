import type { Instruction, Secret, StepDraft, StepState } from '@tallystick/protocol';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { jsonText } from './json-text';

/** One instruction of an operation. */
@Entity('operation_steps')
export class StepRow {
  @PrimaryColumn('uuid', { name: 'operation_id', primaryKeyConstraintName: 'operation_steps_pk' })
  operationId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'operation_steps_pk' })
  idx!: number;

  @Column('text')
  org!: string;

  @Column('text')
  member!: string;

  @Column('text')
  state!: StepState;

  /** What the form settles; the maker's browser builds the instruction from it. */
  @Column('text', { transformer: jsonText })
  draft!: StepDraft;

  @Column('text', { nullable: true, transformer: jsonText })
  instruction!: Instruction | null;

  @Column('text', { nullable: true, transformer: jsonText })
  secret!: Secret | null;

  @Column('jsonb', { nullable: true })
  outcome!: { txId: string; block: string; at: string } | null;

  @Column('jsonb', { nullable: true })
  refusal!: { code: string; details: Record<string, unknown> } | null;
}
