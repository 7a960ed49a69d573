import { Injectable } from '@nestjs/common';
import { decideAccept, decideDecline, decideWithdraw } from '@tallystick/domain';
import { certificateNo } from '@tallystick/protocol';
import type { Caller } from '../auth/caller';
import { authorOf, recordsSeen } from '../operations/drafting';
import { moneyOf } from '../operations/money';
import { NetworkFacts } from '../operations/network-facts';
import { OperationsService } from '../operations/operations.service';
import { Views, type SeenCertificate } from '../operations/views';
import { unwrap } from '../problem/problem.error';

/** 签收, 拒收, 撤回: what becomes of an offered certificate. */
@Injectable()
export class AnswerCommand {
  constructor(
    private readonly operations: OperationsService,
    private readonly views: Views,
    private readonly network: NetworkFacts,
  ) {}

  /** @throws RefusedError RECORD_NOT_FOUND, and as the domain's `decideAccept` */
  async accept(caller: Caller, id: string) {
    const facts = await this.network.at(caller.org);
    const seen = await this.views.certificate(caller, id);
    unwrap(decideAccept(seen.view, { caller: caller.member, entitled: seen.opening.terms.firstCreditor }, facts.now));
    return this.save(caller, 'accept', seen, {}, seen.record.public.issuer);
  }

  /** @throws RefusedError RECORD_NOT_FOUND, and as the domain's `decideDecline` */
  async decline(caller: Caller, id: string, reason: string) {
    const facts = await this.network.at(caller.org);
    const seen = await this.views.certificate(caller, id);
    unwrap(decideDecline(seen.view, { caller: caller.member, entitled: seen.opening.terms.firstCreditor }, facts.now));
    return this.save(caller, 'decline', seen, { reason }, seen.record.public.issuer);
  }

  /** @throws RefusedError RECORD_NOT_FOUND, and as the domain's `decideWithdraw` */
  async withdraw(caller: Caller, id: string) {
    const facts = await this.network.at(caller.org);
    const seen = await this.views.certificate(caller, id);
    unwrap(decideWithdraw(seen.view, { caller: caller.member, entitled: seen.record.public.issuer }, facts.now));
    return this.save(caller, 'withdraw', seen, {}, seen.opening.terms.firstCreditor);
  }

  private async save(
    caller: Caller,
    fn: 'accept' | 'decline' | 'withdraw',
    { record, opening, faceFen }: SeenCertificate,
    form: { reason?: string },
    counterparty: string,
  ) {
    const { id, issuedOn, acceptBy, rulePack } = record.public;
    const facts = await this.network.at(caller.org);
    return this.operations.create(caller, {
      kind: `certificate.${fn}`,
      deadline: acceptBy,
      amountFen: faceFen,
      summary: {
        amount: moneyOf(faceFen),
        counterparty: await this.views.party(caller.org, counterparty),
        certificateNo: certificateNo(issuedOn, id),
        subject: { type: 'certificate', id },
      },
      form,
      steps: [
        {
          contract: 'certificate',
          fn,
          author: authorOf(facts, caller.member, rulePack),
          records: recordsSeen(['Certificate', record, id]),
          input: { certificate: id, ...form },
          known: { certificate: opening },
        },
      ],
    });
  }
}
