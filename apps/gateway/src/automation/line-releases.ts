import { Injectable } from '@nestjs/common';
import { hashJson } from '@tallystick/crypto';
import { releasableFen } from '@tallystick/domain';
import { buildReleaseLine } from '@tallystick/protocol';
import { Book } from '../operations/book';
import { NetworkFacts } from '../operations/network-facts';
import { certificateView } from '../operations/views';
import { ServiceActs, type ServiceIdentity } from './service-acts';
import { Worklist } from './worklist';

const MOST_CERTIFICATES = 50;

/** 额度释放: an issuer's service gives back to its lines what was declined, withdrawn, lapsed or paid. */
@Injectable()
export class LineReleases {
  constructor(
    private readonly worklist: Worklist,
    private readonly book: Book,
    private readonly network: NetworkFacts,
    private readonly acts: ServiceActs,
  ) {}

  async run(us: ServiceIdentity): Promise<void> {
    const { now } = await this.network.at(us.org);
    const lines = new Map<string, { id: string; mark: unknown }[]>();
    for (const record of await this.worklist.releasable(us.org, now)) {
      const opening = await this.book.findOpening(us.org, 'Certificate', record.public.id);
      if (opening === null || record.public.issuer !== us.member) continue;
      const amounts = {
        faceFen: BigInt(opening.terms.faceFen),
        paidFen: BigInt(opening.paid?.fen ?? '0'),
        releasedFen: BigInt(opening.released?.fen ?? '0'),
      };
      if (releasableFen(certificateView(record), amounts, now) <= 0n) continue;
      const { id, line } = record.public;
      // What it gives back is named by what stands there: after the release it is another mark, or nothing is left.
      const mark = [id, record.status, record.paid, record.released];
      lines.set(line, [...(lines.get(line) ?? []), { id, mark }]);
    }
    for (const [line, all] of lines) {
      const certificates = all.slice(0, MOST_CERTIFICATES);
      const purpose = hashJson(
        'tallystick/release/1',
        certificates.map(({ mark }) => mark),
      );
      await this.acts.send(us, ['release', line, purpose], null, (input) =>
        buildReleaseLine({ ...input, line, certificates: certificates.map(({ id }) => id) }),
      );
    }
  }
}
