import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { UserRow } from './user.entity';

/** A sign-in with what the guard needs to know, so that a request costs one look-up; changing a user ends them. */
@Entity('sessions')
@Index('sessions_user', ['userId'])
export class SessionRow {
  /** SHA-256 of the token, hex: a copy of the table signs nobody in. */
  @PrimaryColumn('text', { name: 'token_hash', primaryKeyConstraintName: 'sessions_pk' })
  tokenHash!: string;

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @ManyToOne(() => UserRow)
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'sessions_user_fk' })
  user?: UserRow;

  @Column('text', { name: 'user_name' })
  userName!: string;

  @Column('text')
  org!: string;

  @Column('text')
  member!: string;

  @Column('text', { array: true })
  roles!: string[];

  @Column('text')
  language!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'seen_at' })
  seenAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
