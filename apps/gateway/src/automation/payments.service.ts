import { Injectable, Logger } from '@nestjs/common';
import { hashParts } from '@tallystick/crypto';
import { In, LessThan } from 'typeorm';
import { Database } from '../database/database';
import { readCreditNotification } from '../iso20022/credit-notification';
import { writePaymentFile, type AccountHolder } from '../iso20022/payment-file';
import { readStatusReport, type LineStatus } from '../iso20022/status-report';
import { MessageError } from '../iso20022/message-error';
import { values } from '../operations/row-values';
import { BankRefused, PayingBankClient } from '../paying-bank/client';
import { parseXml, XmlError } from '../xml/xml';
import { PayingBanks } from './paying-banks';
import { PaymentOrderRow, type PaymentKind } from './payment-order.entity';

/** A bank that says nothing for so long is asked. */
const ASK_AFTER_MS = 5_000;

export interface NewPayment {
  kind: PaymentKind;
  subject: string;
  attempt: number;
  bank: string;
  amountFen: bigint;
  debtor: AccountHolder;
  creditor: AccountHolder;
  remittance: string;
  /** Business date of execution. */
  executeOn: string;
}

/**
 * Orders to paying banks and their answers. Money state moves on the bank's word alone: pain.002 and camt.054, each of which may
 * come twice, late, out of order or not at all.
 */
@Injectable()
export class Payments {
  private readonly log = new Logger('Payments');

  constructor(
    private readonly database: Database,
    private readonly banks: PayingBanks,
  ) {}

  /** Writes an order down, once for each subject and attempt. @returns the order as it stands */
  async order(org: string, payment: NewPayment, now: string): Promise<PaymentOrderRow> {
    const { kind, subject, attempt, bank, amountFen } = payment;
    const endToEndId = referenceOf(payment);
    const file = writePaymentFile({
      messageId: `M${endToEndId}`.slice(0, 35),
      createdAt: now,
      executeOn: payment.executeOn,
      debtor: payment.debtor,
      payments: [{ endToEndId, amountFen, creditor: payment.creditor, remittance: payment.remittance }],
    });
    return this.database.withSystem(async (manager) => {
      const at = new Date();
      await manager
        .createQueryBuilder()
        .insert()
        .into(PaymentOrderRow)
        .values(
          values<PaymentOrderRow>({
            org,
            member: null,
            endToEndId,
            bank,
            kind,
            subject,
            attempt,
            file,
            amountFen: String(amountFen),
            state: 'ready',
            receivedFen: null,
            bookedOn: null,
            bankReference: null,
            createdAt: at,
            updatedAt: at,
          }),
        )
        .orIgnore()
        .execute();
      return manager.findOneByOrFail(PaymentOrderRow, { org, kind, subject, attempt });
    });
  }

  /** The latest order for a subject, or null. */
  latest(org: string, kind: PaymentKind, subject: string): Promise<PaymentOrderRow | null> {
    return this.database.withSystem((manager) =>
      manager.findOne(PaymentOrderRow, { where: { org, kind, subject }, order: { attempt: 'DESC' } }),
    );
  }

  client(org: string): PayingBankClient {
    return new PayingBankClient(org, this.banks.all());
  }

  /** Corrects what was received by the bank's books, when a notification said otherwise. */
  async recheck(row: PaymentOrderRow): Promise<void> {
    const payment = await this.client(row.org).payment(row.bank, row.endToEndId);
    if (payment?.status !== 'ACSC') return;
    await this.change(row.org, row.endToEndId, { receivedFen: String(payment.creditedFen) });
  }

  /** Sends what is ready, and settles what may or may not have been sent before a crash. @returns whether anything changed */
  async send(org: string): Promise<boolean> {
    const open = await this.database.withSystem((manager) =>
      manager.find(PaymentOrderRow, {
        where: { org, state: In(['ready', 'sending']) },
        order: { createdAt: 'ASC' },
        take: 500,
      }),
    );
    let changed = false;
    for (const row of open) changed = (await this.sendOne(row)) || changed;
    return changed;
  }

  private async sendOne(row: PaymentOrderRow): Promise<boolean> {
    const client = this.client(row.org);
    if (!client.knows(row.bank)) return false;
    try {
      // One found as `sending` may have reached the bank: it is asked before anything is sent again.
      const known = row.state === 'sending' ? await client.payment(row.bank, row.endToEndId) : null;
      if (known === null) {
        await this.change(row.org, row.endToEndId, { state: 'sending' });
        await client.pay(row.bank, row.file);
      }
      await this.change(row.org, row.endToEndId, { state: 'sent' }, ['ready', 'sending']);
      return true;
    } catch (error) {
      if (error instanceof BankRefused) {
        this.log.error({ alarm: 'PAYMENT_REFUSED', org: row.org, endToEndId: row.endToEndId, code: error.code });
        await this.change(row.org, row.endToEndId, { state: 'rejected' }, ['ready', 'sending']);
        return true;
      }
      this.log.warn({ org: row.org, bank: row.bank, error: String(error) });
      return false;
    }
  }

  /** Asks about orders on which the bank has kept silent for a while. @returns whether anything changed */
  async ask(org: string): Promise<boolean> {
    const silent = await this.database.withSystem((manager) =>
      manager.find(PaymentOrderRow, {
        where: { org, state: 'sent', updatedAt: LessThan(new Date(Date.now() - ASK_AFTER_MS)) },
        take: 100,
      }),
    );
    for (const row of silent) {
      const payment = await this.client(org)
        .payment(row.bank, row.endToEndId)
        .catch(() => null);
      if (payment?.status === 'RJCT') await this.change(org, row.endToEndId, { state: 'rejected' }, ['sent']);
      if (payment?.status !== 'ACSC') continue;
      const { creditedFen, bookedOn, bankReference } = payment;
      await this.credited(row, { receivedFen: String(creditedFen), bookedOn, bankReference });
    }
    return silent.length > 0;
  }

  /** Reads the banks' new messages. @returns whether anything changed */
  async receive(org: string): Promise<boolean> {
    let changed = false;
    for (const bank of this.banks.all().keys()) {
      const after = await this.placeOf(org, bank);
      const messages = await this.client(org)
        .messages(bank, after)
        .catch((error: unknown) => {
          this.log.warn({ org, bank, error: String(error) });
          return [];
        });
      for (const { seq, xml } of messages) {
        await this.take(org, bank, seq, xml);
        changed = true;
      }
    }
    return changed;
  }

  /** One message and the place after it, in one transaction; a message that cannot be read is left for people. */
  private async take(org: string, bank: string, seq: string, xml: string): Promise<void> {
    await this.database.withSystem(async (manager) => {
      try {
        await this.apply(org, bank, xml);
      } catch (error) {
        if (!(error instanceof MessageError || error instanceof XmlError)) throw error;
        this.log.error({ alarm: 'BANK_MESSAGE_UNREADABLE', org, bank, seq, code: error.code });
      }
      await manager.query(
        `INSERT INTO payment_inbox (org, bank, seq) VALUES ($1, $2, $3)
         ON CONFLICT (org, bank) DO UPDATE SET seq = greatest(payment_inbox.seq, EXCLUDED.seq)`,
        [org, bank, seq],
      );
    });
  }

  private async apply(org: string, bank: string, xml: string): Promise<void> {
    if ('CstmrPmtStsRpt' in Object(parseXml(xml).content)) {
      for (const line of readStatusReport(xml).lines) await this.applyStatus(org, bank, line);
      return;
    }
    for (const booking of readCreditNotification(xml).bookings) {
      const row = await this.own(org, bank, booking.endToEndId);
      if (row === null) continue;
      const { amountFen, bookedOn, bankReference } = booking;
      if (booking.returned) await this.change(org, row.endToEndId, { state: 'returned' });
      else await this.credited(row, { receivedFen: String(amountFen), bookedOn, bankReference });
    }
  }

  private async applyStatus(
    org: string,
    bank: string,
    { endToEndId, status, bankReference }: LineStatus,
  ): Promise<void> {
    const row = await this.own(org, bank, endToEndId);
    if (row === null) return;
    if (status === 'RJCT') return this.change(org, endToEndId, { state: 'rejected' }, ['ready', 'sending', 'sent']);
    if (status !== 'ACSC' || bankReference === null) return;
    const payment = await this.client(org).payment(bank, endToEndId);
    const bookedOn = payment?.bookedOn ?? null;
    if (bookedOn !== null) await this.credited(row, { receivedFen: row.amountFen, bookedOn, bankReference });
  }

  /** A credit counts once; told again it changes nothing, and after a return it comes too late. */
  private credited(
    row: PaymentOrderRow,
    booking: Pick<PaymentOrderRow, 'receivedFen' | 'bookedOn' | 'bankReference'>,
  ): Promise<void> {
    return this.change(row.org, row.endToEndId, { state: 'credited', ...booking }, ['ready', 'sending', 'sent']);
  }

  /** An order of ours at that bank; a message about another's is not ours to believe. */
  private async own(org: string, bank: string, endToEndId: string): Promise<PaymentOrderRow | null> {
    const row = await this.database.withSystem((manager) => manager.findOneBy(PaymentOrderRow, { org, endToEndId }));
    return row?.bank === bank ? row : null;
  }

  private async change(
    org: string,
    endToEndId: string,
    change: Partial<PaymentOrderRow>,
    from?: PaymentOrderRow['state'][],
  ): Promise<void> {
    await this.database.withSystem((manager) =>
      manager.update(
        PaymentOrderRow,
        { org, endToEndId, ...(from !== undefined && { state: In(from) }) },
        values<PaymentOrderRow>({ ...change, updatedAt: new Date() }),
      ),
    );
  }

  private placeOf(org: string, bank: string): Promise<string> {
    return this.database.withSystem(async (manager) => {
      const rows: { seq: string }[] = await manager.query(
        'SELECT seq FROM payment_inbox WHERE org = $1 AND bank = $2',
        [org, bank],
      );
      return rows[0]?.seq ?? '0';
    });
  }
}

const LETTER: Record<PaymentKind, string> = { funding: 'F', payout: 'P', disbursement: 'D' };

/** A reference that says what it pays, and is the same whenever the same is ordered: 34 characters. */
function referenceOf({ kind, subject, attempt, bank }: NewPayment): string {
  const hash = hashParts('tallystick/end-to-end/1', bank, kind, subject, String(attempt));
  return `TS-${LETTER[kind]}-${hash.slice(0, 29).toUpperCase()}`;
}
