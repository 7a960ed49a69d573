import { Injectable } from '@nestjs/common';
import {
  buildReceipt,
  DisburseBody,
  SignedInstructionSchema,
  type OrderOf,
  type SignedInstruction,
} from '@tallystick/protocol';
import { Database } from '../database/database';
import { Book } from '../operations/book';
import { authoring, authorOf } from '../operations/drafting';
import { NetworkFacts } from '../operations/network-facts';
import { values } from '../operations/row-values';
import { Views } from '../operations/views';
import { SubmissionRow } from '../submissions/submission.entity';
import { SubmissionsService } from '../submissions/submissions.service';
import { serviceInstructionId } from './instruction-id';
import { Payments } from './payments.service';

/**
 * 放款: what a bank has signed to disburse is paid through another bank, whose receipt then goes to the ledger in the same
 * transaction as the claim. Neither the financier's own word nor ours stands for it.
 */
@Injectable()
export class DisbursementReceipts {
  constructor(
    private readonly database: Database,
    private readonly book: Book,
    private readonly views: Views,
    private readonly network: NetworkFacts,
    private readonly payments: Payments,
    private readonly submissions: SubmissionsService,
  ) {}

  async run(org: string): Promise<void> {
    const waiting = await this.database.withSystem((manager) =>
      manager.find(SubmissionRow, { where: { org, call: 'financing.disburse', state: 'queued' }, take: 100 }),
    );
    for (const row of waiting) {
      if (row.companions.receipt === undefined) await this.pay(row);
    }
  }

  private async pay(row: SubmissionRow): Promise<void> {
    const { org, member } = row;
    const facts = await this.network.at(org);
    const { id: instruction, notAfter } = row.signed.instruction;
    if (notAfter < facts.rawNow) {
      // Money that left all the same waits for the next disbursement of this order.
      const refusal = { code: 'INSTRUCTION_EXPIRED', details: { id: instruction, notAfter } };
      return this.submissions.refused(row.instructionKey, refusal);
    }
    const body = DisburseBody.parse(row.signed.instruction.body);
    const order = (await this.book.get(org, 'Order', body.order)) as OrderOf<'financing'>;
    const { validUntil } = await this.book.get(org, 'Agreement', order.id);
    if (facts.now >= validUntil) {
      // The piece is its owner's again: money sent now would buy nothing.
      return this.submissions.refused(row.instructionKey, { code: 'AGREEMENT_OVER', details: { until: validUntil } });
    }
    const quote = await this.book.opening(org, 'Quote', order.quote ?? '');
    const piece = await this.book.opening(org, 'Holding', order.holding);
    const clearing = await this.clearingBank(org);
    if (clearing === null) return;
    const payment = await this.payments.order(
      org,
      {
        kind: 'disbursement',
        subject: order.id,
        attempt: 0,
        bank: clearing.msp,
        amountFen: BigInt(quote.terms.netFen),
        debtor: await this.views.party(org, member),
        creditor: await this.views.party(org, piece.owner),
        remittance: order.id,
        executeOn: facts.today,
      },
      facts.rawNow,
    );
    if (payment.state !== 'credited') return;
    const { rulePack } = row.signed.instruction;
    const id = serviceInstructionId('receipt', row.instructionKey);
    const unsigned = buildReceipt({
      ...authoring(authorOf(facts, clearing.member, rulePack, id)),
      order: order.id,
      net: order.net ?? '',
      paidOn: payment.bookedOn ?? '',
      reference: payment.bankReference ?? '',
    });
    const signature = await this.payments.client(org).sign(clearing.msp, {
      endToEndId: payment.endToEndId,
      instruction: unsigned.instruction,
      secret: null,
      net: { quote: quote.quote, salt: quote.netSalt },
    });
    await this.attach(row, SignedInstructionSchema.parse({ ...unsigned, signatures: [signature] }));
  }

  private async attach(row: SubmissionRow, receipt: SignedInstruction): Promise<void> {
    await this.database.withSystem(async (manager) => {
      const companions = { ...row.companions, receipt };
      await manager.update(
        SubmissionRow,
        { instructionKey: row.instructionKey },
        values<SubmissionRow>({ companions }),
      );
      await this.submissions.wake(manager, row);
    });
  }

  /** Another authority with a bank that signs there, and whose paying service we can reach. */
  private async clearingBank(org: string): Promise<{ msp: string; member: string } | null> {
    const { organisations } = await this.book.get(org, 'Genesis');
    const client = this.payments.client(org);
    for (const { msp, authority } of organisations) {
      if (!authority || msp === org || !client.knows(msp)) continue;
      const banks = await this.book.within(org, 'Member', msp);
      const bank = banks.find(
        ({ kinds, status, keys }) =>
          kinds.includes('BANK') && status === 'active' && keys.some(({ roles }) => roles.includes('service')),
      );
      if (bank !== undefined) return { msp, member: bank.id };
    }
    return null;
  }
}
