import { hashJson } from '@tallystick/crypto';
import type { Pool, PoolClient } from 'pg';
import { writeCreditNotification, type Booking } from '../iso20022/credit-notification';
import type { PaymentFile, PaymentLine } from '../iso20022/payment-file';
import { writeStatusReport, type LineStatus, type PaymentStatus } from '../iso20022/status-report';

/** Creditor accounts with this beginning collect money for a settlement: their bookings are told by camt.054. */
export const COLLECTION_ACCOUNT = 'SETTLEMENT';

/** How a simulated bank errs, for tests and trials. Left out: it does what it is told and says so once. */
export type Misbehaviour =
  'silence' | 'answerTwice' | 'outOfOrder' | 'reject' | 'returnAfterCredit' | 'partialFunds' | 'wrongAmount';
export type Behaviour = (payment: PaymentLine) => Misbehaviour | undefined;

/** One payment in the bank's books. */
export interface BookedPayment {
  endToEndId: string;
  amountFen: bigint;
  /** What really reached the creditor's account. */
  creditedFen: bigint;
  status: PaymentStatus;
  bookedOn: string;
  bankReference: string;
}

/** An order under a reference that was used for other content. */
export class ReferenceReused extends Error {
  override readonly name = 'ReferenceReused';
}

interface Row {
  end_to_end_id: string;
  content_hash: string;
  amount_fen: string;
  credited_fen: string;
  status: PaymentStatus;
  booked_on: string;
  bank_reference: string;
}

/**
 * A simulated bank's accounts: executes each reference once, ever, and leaves a message about it in the same transaction, so
 * that nothing is paid twice or forgotten though the process dies anywhere.
 */
export class LedgerOfAccounts {
  constructor(
    private readonly pool: Pool,
    readonly bank: string,
    private readonly behaviour: Behaviour = () => undefined,
  ) {}

  /** Executes a payment file. @returns its lines as they stand: known ones as before. @throws ReferenceReused */
  async execute(client: string, file: PaymentFile): Promise<LineStatus[]> {
    return this.transaction(async (connection) => {
      const statuses: LineStatus[] = [];
      const messages: string[] = [];
      for (const line of file.payments) {
        const known = await this.find(line.endToEndId, connection);
        if (known === null) {
          const fault = this.behaviour(line);
          const { payment, told } = this.pay(file, line, fault);
          await this.book(connection, client, file, line, payment);
          statuses.push(statusOf(payment));
          if (fault === 'outOfOrder') messages.unshift(...told);
          else messages.push(...told);
        } else {
          if (known.content_hash !== contentHash(file, line)) throw new ReferenceReused(line.endToEndId);
          statuses.push(statusOf(paymentOf(known)));
        }
      }
      for (const xml of messages) {
        await connection.query('INSERT INTO bank_messages (bank, client, xml) VALUES ($1, $2, $3)', [
          this.bank,
          client,
          xml,
        ]);
      }
      return statuses;
    });
  }

  async payment(endToEndId: string): Promise<BookedPayment | null> {
    const row = await this.find(endToEndId, this.pool);
    return row === null ? null : paymentOf(row);
  }

  /** Messages for a client after a place in the queue, oldest first. */
  async messages(client: string, after: bigint): Promise<{ seq: string; xml: string }[]> {
    const { rows } = await this.pool.query<{ seq: string; xml: string }>(
      'SELECT seq, xml FROM bank_messages WHERE bank = $1 AND client = $2 AND seq > $3 ORDER BY seq LIMIT 100',
      [this.bank, client, String(after)],
    );
    return rows;
  }

  /** What becomes of a payment and which messages tell of it. */
  private pay(
    file: PaymentFile,
    line: PaymentLine,
    fault: Misbehaviour | undefined,
  ): { payment: BookedPayment; told: string[] } {
    const collects = line.creditor.id.startsWith(COLLECTION_ACCOUNT);
    const creditedFen = fault === 'partialFunds' ? line.amountFen / 2n : line.amountFen;
    const { endToEndId, amountFen } = line;
    const bankReference = `B${hashJson('tallystick/bank-reference/1', [this.bank, endToEndId]).slice(0, 15).toUpperCase()}`;
    const status = fault === 'reject' ? 'RJCT' : 'ACSC';
    const payment: BookedPayment = {
      endToEndId,
      amountFen,
      creditedFen,
      status,
      bookedOn: file.executeOn,
      bankReference,
    };
    if (fault === 'silence') return { payment, told: [] };
    const booking: Booking = {
      endToEndId,
      amountFen: fault === 'wrongAmount' ? creditedFen + 1n : creditedFen,
      bookedOn: file.executeOn,
      bankReference,
      returned: false,
    };
    const answer = collects && status === 'ACSC' ? this.notify(file, booking) : this.report(file, statusOf(payment));
    const told = fault === 'answerTwice' ? [answer, answer] : [answer];
    if (fault === 'returnAfterCredit') told.push(this.notify(file, { ...booking, returned: true }));
    return { payment, told };
  }

  private report(file: PaymentFile, line: LineStatus): string {
    return writeStatusReport({
      messageId: `${this.bank}-${line.endToEndId}`.slice(0, 35),
      createdAt: file.createdAt,
      originalMessageId: file.messageId,
      lines: [line],
    });
  }

  private notify(file: PaymentFile, booking: Booking): string {
    const account = { id: COLLECTION_ACCOUNT, name: this.bank };
    const messageId = `N-${booking.bankReference}`;
    return writeCreditNotification({ messageId, createdAt: file.createdAt, account, bookings: [booking] });
  }

  private async book(
    connection: PoolClient,
    client: string,
    file: PaymentFile,
    line: PaymentLine,
    payment: BookedPayment,
  ): Promise<void> {
    await connection.query(
      `INSERT INTO bank_payments (bank, end_to_end_id, content_hash, client, amount_fen, credited_fen, status, booked_on,
         bank_reference, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now())`,
      [
        this.bank,
        payment.endToEndId,
        contentHash(file, line),
        client,
        String(payment.amountFen),
        String(payment.creditedFen),
        payment.status,
        payment.bookedOn,
        payment.bankReference,
      ],
    );
  }

  private async find(endToEndId: string, connection: Pool | PoolClient): Promise<Row | null> {
    const { rows } = await connection.query<Row>('SELECT * FROM bank_payments WHERE bank = $1 AND end_to_end_id = $2', [
      this.bank,
      endToEndId,
    ]);
    return rows[0] ?? null;
  }

  /** One file at a time, so that two with the same reference meet. */
  private async transaction<T>(work: (connection: PoolClient) => Promise<T>): Promise<T> {
    const connection = await this.pool.connect();
    try {
      await connection.query('BEGIN');
      await connection.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`paying-bank/${this.bank}`]);
      const result = await work(connection);
      await connection.query('COMMIT');
      return result;
    } catch (error) {
      await connection.query('ROLLBACK');
      throw error;
    } finally {
      connection.release();
    }
  }
}

const contentHash = ({ debtor }: PaymentFile, { endToEndId, amountFen, creditor }: PaymentLine): string =>
  hashJson('tallystick/payment/1', [endToEndId, String(amountFen), debtor.id, creditor.id]);

const paymentOf = (row: Row): BookedPayment => ({
  endToEndId: row.end_to_end_id,
  amountFen: BigInt(row.amount_fen),
  creditedFen: BigInt(row.credited_fen),
  status: row.status,
  bookedOn: row.booked_on,
  bankReference: row.bank_reference,
});

const statusOf = ({ endToEndId, status, bankReference }: BookedPayment): LineStatus => ({
  endToEndId,
  status,
  reason: status === 'RJCT' ? 'AC04' : null,
  bankReference: status === 'RJCT' ? null : bankReference,
});
