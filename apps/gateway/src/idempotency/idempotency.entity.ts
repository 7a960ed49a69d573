import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The answer once given to a request, kept to be given again to its repetition. */
@Entity('idempotency')
export class IdempotencyRow {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'idempotency_pk' })
  userId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_pk' })
  key!: string;

  @Column('text')
  org!: string;

  @Column('text')
  member!: string;

  /** SHA-256 over method, path and body, hex. */
  @Column('text', { name: 'request_hash' })
  requestHash!: string;

  /** HTTP status; null only inside the transaction that is still working on it. */
  @Column('integer', { nullable: true })
  status!: number | null;

  /** As text, not `jsonb`: the repeated answer is the first one to the letter. */
  @Column('json', { nullable: true })
  body!: unknown;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
