import type { AdmissionSignature, MemberRecord } from '@tallystick/protocol';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A firm's application as its keys signed it: a member record without its place in the roster. */
export type ApplicationSubject = Omit<MemberRecord, 'index'>;

/** A firm that asks to become a member; seen by the operator. */
@Entity('applications')
export class ApplicationRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'applications_pk' })
  id!: string;

  @Column('text')
  org!: string;

  /** The operator's member id: who sees it. */
  @Column('text')
  member!: string;

  @Column('text')
  applicant!: string;

  @Column('text')
  state!: 'received' | 'admitted';

  @Column('jsonb')
  subject!: ApplicationSubject;

  @Column('jsonb')
  admission!: AdmissionSignature[];

  /** Accounts that open once the ledger has the member. */
  @Column('uuid', { name: 'user_ids', array: true })
  userIds!: string[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
