import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A person who signs in for one member. */
@Entity('users')
@Unique('users_name_unique', ['name'])
export class UserRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'users_pk' })
  id!: string;

  @Column('text')
  org!: string;

  @Column('text')
  member!: string;

  @Column('text')
  name!: string;

  /** Key of the UI's message catalogue, so that a name reads right in both languages. */
  @Column('text', { name: 'display_name_key' })
  displayNameKey!: string;

  @Column('text', { array: true })
  roles!: string[];

  @Column('text')
  language!: string;

  /** Public salt from which the browser derives the login secret, hex. */
  @Column('text')
  salt!: string;

  /** argon2id of the login secret; the password itself never reaches a server. */
  @Column('text', { name: 'secret_hash' })
  secretHash!: string;

  @Column('boolean')
  active!: boolean;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
