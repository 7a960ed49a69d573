import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../roles';
import { secureTable } from '../row-security';

/**
 * Two sides of the same payments: what a gateway orders (`payment_orders`, with the place up to which it has read each bank's
 * messages), and what a paying bank keeps (`bank_payments`, `bank_messages`).
 */
export class Payments1795395000000 implements MigrationInterface {
  readonly name = 'Payments1795395000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE payment_orders (
        org text NOT NULL,
        member text,
        end_to_end_id text NOT NULL,
        bank text NOT NULL,
        kind text NOT NULL,
        subject text NOT NULL,
        attempt integer NOT NULL,
        file text NOT NULL,
        amount_fen text NOT NULL,
        state text NOT NULL,
        received_fen text,
        booked_on text,
        bank_reference text,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT payment_orders_pk PRIMARY KEY (org, end_to_end_id),
        CONSTRAINT payment_orders_once UNIQUE (org, kind, subject, attempt)
      )`);
    await runner.query(`
      CREATE TABLE payment_inbox (
        org text NOT NULL,
        member text,
        bank text NOT NULL,
        seq bigint NOT NULL,
        CONSTRAINT payment_inbox_pk PRIMARY KEY (org, bank)
      )`);
    for (const table of ['payment_orders', 'payment_inbox']) await secureTable(runner, table, 'SELECT, INSERT, UPDATE');

    // The bank's own books; a trial keeps them in the same database, a bank in one of its own.
    await runner.query(`
      CREATE TABLE bank_payments (
        bank text NOT NULL,
        end_to_end_id text NOT NULL,
        content_hash text NOT NULL,
        client text NOT NULL,
        amount_fen text NOT NULL,
        credited_fen text NOT NULL,
        status text NOT NULL,
        booked_on text NOT NULL,
        bank_reference text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT bank_payments_pk PRIMARY KEY (bank, end_to_end_id)
      )`);
    await runner.query(`
      CREATE TABLE bank_messages (
        seq bigserial NOT NULL,
        bank text NOT NULL,
        client text NOT NULL,
        xml text NOT NULL,
        CONSTRAINT bank_messages_pk PRIMARY KEY (seq)
      )`);
    await runner.query('CREATE INDEX bank_messages_client ON bank_messages (bank, client, seq)');
    await runner.query(`GRANT SELECT, INSERT ON bank_payments, bank_messages TO ${APP_ROLE}`);
    await runner.query(`GRANT USAGE ON SEQUENCE bank_messages_seq_seq TO ${APP_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['bank_messages', 'bank_payments', 'payment_inbox', 'payment_orders']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
