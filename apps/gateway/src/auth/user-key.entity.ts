import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { UserRow } from './user.entity';

/** A person's signing key: public in clear, private only wrapped by a key that the server never sees. */
@Entity('user_keys')
export class UserKeyRow {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'user_keys_pk' })
  userId!: string;

  @PrimaryColumn('text', { name: 'key_id', primaryKeyConstraintName: 'user_keys_pk' })
  keyId!: string;

  @ManyToOne(() => UserRow)
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'user_keys_user_fk' })
  user?: UserRow;

  @Column('text')
  org!: string;

  @Column('text')
  member!: string;

  @Column('text', { name: 'public_key' })
  publicKey!: string;

  @Column('jsonb', { name: 'wrapped_key' })
  wrappedKey!: Record<string, unknown>;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
