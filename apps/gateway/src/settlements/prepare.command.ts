import { Injectable } from '@nestjs/common';
import { decidePrepare, lateInterestFen } from '@tallystick/domain';
import { certificateNo, type Money } from '@tallystick/protocol';
import type { Caller } from '../auth/caller';
import { Book } from '../operations/book';
import { authorOf, recordsSeen } from '../operations/drafting';
import { fenOf, moneyOf } from '../operations/money';
import { NetworkFacts, type Facts } from '../operations/network-facts';
import { OperationsService } from '../operations/operations.service';
import { Views, type SeenCertificate } from '../operations/views';
import { RefusedError, unwrap } from '../problem/problem.error';

/** 兑付: the issuer says how much it means to pay; the paying bank does the rest. */
@Injectable()
export class PrepareCommand {
  constructor(
    private readonly operations: OperationsService,
    private readonly book: Book,
    private readonly views: Views,
    private readonly network: NetworkFacts,
  ) {}

  /**
   * @param amount everything owed today, late interest included, when none is given
   * @throws RefusedError RECORD_NOT_FOUND, as the domain's `decidePrepare`, FUNDS_EXCEED_OUTSTANDING above what is owed, and
   * CERTIFICATE_SETTLING while another payment of the certificate is on its way: the issuer would be debited twice
   */
  async run(caller: Caller, id: string, amount: Money | undefined) {
    const facts = await this.network.at(caller.org);
    const seen = await this.views.certificate(caller, id);
    const { record, opening } = seen;
    const { issuer, issuedOn, rulePack, witness } = record.public;
    const owed = await this.owed(caller, facts, seen);
    const amountFen = amount === undefined ? owed.totalFen : fenOf(amount);
    const rules = await this.network.pinned(caller.org, facts, rulePack);
    unwrap(
      decidePrepare(seen.view, { caller: caller.member, issuer, amountFen }, owed.outstandingFen, facts.now, rules),
    );
    if (amountFen > owed.totalFen) {
      const details = { receivedFen: String(amountFen), owedFen: String(owed.totalFen) };
      throw new RefusedError({ code: 'FUNDS_EXCEED_OUTSTANDING', details, field: 'amount' });
    }
    for (const order of await this.book.within(caller.org, 'Order', id)) {
      if (order.kind === 'settlement' && order.state !== 'closed') {
        throw new RefusedError({ code: 'CERTIFICATE_SETTLING', details: {} });
      }
    }
    const bank = (await this.book.opening(caller.org, 'Line', record.public.line)).terms.bank;
    return this.operations.create(caller, {
      kind: 'settlement.prepare',
      deadline: null,
      amountFen,
      summary: {
        amount: moneyOf(amountFen),
        counterparty: await this.views.party(caller.org, bank),
        certificateNo: certificateNo(issuedOn, id),
        subject: { type: 'certificate', id },
      },
      form: { amount: moneyOf(amountFen), witness },
      steps: [
        {
          contract: 'settlement',
          fn: 'prepare',
          author: authorOf(facts, caller.member, rulePack),
          records: recordsSeen(['Certificate', record, id]),
          input: { certificate: id, amountFen: String(amountFen) },
          known: { certificate: opening },
        },
      ],
    });
  }

  private async owed(caller: Caller, facts: Facts, { record, opening, faceFen }: SeenCertificate) {
    const rules = await this.network.pinned(caller.org, facts, record.public.rulePack);
    const outstandingFen = faceFen - BigInt(opening.paid?.fen ?? '0');
    const terms = { dueDate: record.public.dueDate, latePpmPerDay: opening.terms.latePpmPerDay };
    const checkpoint = { lateFrom: record.lateFrom, carriedFen: BigInt(opening.carried?.fen ?? '0') };
    const lateFen = lateInterestFen(terms, checkpoint, outstandingFen, facts.today, rules);
    return { outstandingFen, totalFen: outstandingFen + lateFen };
  }
}
