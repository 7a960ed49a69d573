import { Injectable } from '@nestjs/common';
import { hashParts } from '@tallystick/crypto';
import { isOverdue } from '@tallystick/domain';
import { buildFlag, buildReportOverdue } from '@tallystick/protocol';
import { Book } from '../operations/book';
import { NetworkFacts } from '../operations/network-facts';
import { certificateView } from '../operations/views';
import { ledgerKeyOf } from '../projection/record-ref';
import { ServiceActs, type ServiceIdentity } from './service-acts';
import { Worklist } from './worklist';

/** Puts on record what everybody should know: certificates overdue, and records whose authority does not verify. */
@Injectable()
export class Watch {
  constructor(
    private readonly worklist: Worklist,
    private readonly book: Book,
    private readonly network: NetworkFacts,
    private readonly acts: ServiceActs,
  ) {}

  async run(us: ServiceIdentity): Promise<void> {
    await this.overdue(us);
    await this.counterfeit(us);
  }

  private async overdue(us: ServiceIdentity): Promise<void> {
    const facts = await this.network.at(us.org);
    for (const record of await this.worklist.due(us.org, facts.today)) {
      const { id, issuer, rulePack } = record.public;
      const rules = await this.network.pinned(us.org, facts, rulePack);
      if (!isOverdue(certificateView(record), facts.now, rules)) continue;
      const standing = await this.book.find(us.org, 'Standing', issuer);
      if (standing?.overdue.includes(id) === true) continue;
      await this.acts.send(us, ['overdue', id], rulePack, (input) => buildReportOverdue({ ...input, certificate: id }));
    }
  }

  private async counterfeit(us: ServiceIdentity): Promise<void> {
    for (const { ref, reason } of await this.worklist.unflagged(us.org)) {
      const recordKey = ledgerKeyOf(ref);
      const flag = await this.book.find(us.org, 'Flag', hashParts('tallystick/flag/1', recordKey));
      if (flag !== null) continue;
      await this.acts.send(us, ['flag', ref], null, (input) => buildFlag({ ...input, recordKey, reason }));
    }
  }
}
