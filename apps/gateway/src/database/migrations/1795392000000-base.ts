import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../roles';
import { APP_SEES, secureTable } from '../row-security';

/** Row-level security from the first day on; users with their keys, sessions, and answers kept for repeated requests. */
export class Base1795392000000 implements MigrationInterface {
  readonly name = 'Base1795392000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(APP_SEES);

    await runner.query(`
      CREATE TABLE users (
        id uuid NOT NULL,
        org text NOT NULL,
        member text NOT NULL,
        name text NOT NULL,
        display_name_key text NOT NULL,
        roles text[] NOT NULL,
        language text NOT NULL,
        salt text NOT NULL,
        secret_hash text NOT NULL,
        active boolean NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT users_pk PRIMARY KEY (id),
        CONSTRAINT users_name_unique UNIQUE (name)
      )`);
    await runner.query(`
      CREATE TABLE user_keys (
        key_id text NOT NULL,
        user_id uuid NOT NULL,
        org text NOT NULL,
        member text NOT NULL,
        public_key text NOT NULL,
        wrapped_key jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT user_keys_pk PRIMARY KEY (user_id, key_id),
        CONSTRAINT user_keys_user_fk FOREIGN KEY (user_id) REFERENCES users (id)
      )`);
    await runner.query(`
      CREATE TABLE idempotency (
        org text NOT NULL,
        member text NOT NULL,
        user_id uuid NOT NULL,
        key text NOT NULL,
        request_hash text NOT NULL,
        status integer,
        body json,
        created_at timestamptz NOT NULL,
        CONSTRAINT idempotency_pk PRIMARY KEY (user_id, key)
      )`);
    for (const table of ['users', 'user_keys', 'idempotency']) await secureTable(runner, table);

    // A session is found by a secret before any member is known, so its table has no row-level security; it holds
    // a hash of that secret and nothing of a firm's trade.
    await runner.query(`
      CREATE TABLE sessions (
        token_hash text NOT NULL,
        user_id uuid NOT NULL,
        user_name text NOT NULL,
        org text NOT NULL,
        member text NOT NULL,
        roles text[] NOT NULL,
        language text NOT NULL,
        created_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT sessions_pk PRIMARY KEY (token_hash),
        CONSTRAINT sessions_user_fk FOREIGN KEY (user_id) REFERENCES users (id)
      )`);
    await runner.query('CREATE INDEX sessions_user ON sessions (user_id)');
    await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO ${APP_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['sessions', 'idempotency', 'user_keys', 'users']) await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP FUNCTION app_sees(text, text)');
  }
}
