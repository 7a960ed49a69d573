import { Inject, Injectable, Logger } from '@nestjs/common';
import { instructionKey } from '@tallystick/crypto';
import { signInstruction, type Authoring, type SignedInstruction, type Unsigned } from '@tallystick/protocol';
import { CONFIG, type Config } from '../config/config';
import { Database } from '../database/database';
import { Book } from '../operations/book';
import { authoring, authorOf } from '../operations/drafting';
import { NetworkFacts, type Facts } from '../operations/network-facts';
import { serviceKeyOf, type ServiceKey } from '../submissions/service-keys';
import { SubmissionsService } from '../submissions/submissions.service';
import type { SubmissionRow } from '../submissions/submission.entity';
import { serviceInstructionId } from './instruction-id';

/** The member of an organisation for which its service signs, with the key. */
export interface ServiceIdentity {
  org: string;
  member: string;
  key: ServiceKey;
}

/** A refused service act is tried anew so often, each time as another instruction; then a person has to look. */
const MOST_ATTEMPTS = 5;

/** Signs and sends what the services of an organisation may do by themselves (`ledger.md` §3.1). */
@Injectable()
export class ServiceActs {
  private readonly log = new Logger('Automation');
  private readonly given = new Set<string>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly book: Book,
    private readonly network: NetworkFacts,
    private readonly submissions: SubmissionsService,
  ) {}

  /** Who the organisation's service signs for in what no member in particular must do, or null while its key is not registered. */
  async identity(org: string): Promise<ServiceIdentity | null> {
    const [first] = await this.identities(org);
    return first ?? null;
  }

  /** Every active member of the organisation whose record names the service key: a group runs several firms on one peer. */
  async identities(org: string): Promise<ServiceIdentity[]> {
    const key = serviceKeyOf(this.config.home, org);
    const members = await this.book.within(org, 'Member', org);
    const named = members.filter(({ status, keys }) => {
      const own = keys.find(({ keyId }) => keyId === key.keyId);
      return status === 'active' && own?.revokedAt === null && own.roles.includes('service');
    });
    return named.map(({ id }) => ({ org, member: id, key }));
  }

  /**
   * Sends an instruction once for each purpose. When the ledger refused it, another attempt is made with what now stands there.
   * @param rulePack of the certificate it is about; the one in force otherwise
   * @param build makes the instruction; null when it is not to be sent after all
   * @param signed adds the signature; our own service key's when left out
   * @returns the submission, or null when there is none
   */
  async send(
    { org, member, key }: ServiceIdentity,
    purpose: string[],
    rulePack: string | null,
    build: (input: Authoring) => Promise<Unsigned | null> | Unsigned | null,
    signed?: (unsigned: Unsigned) => Promise<SignedInstruction>,
  ): Promise<SubmissionRow | null> {
    const facts: Facts = await this.network.at(org);
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const id = serviceInstructionId(org, ...purpose, String(attempt));
      const submissionKey = instructionKey({ member, id });
      const known = await this.submissions.find(submissionKey);
      if (known !== null && known.state !== 'refused') return known;
      if (known !== null) continue;
      const unsigned = await build(authoring(authorOf(facts, member, rulePack ?? facts.rules.id, id)));
      if (unsigned === null) return null;
      const instruction =
        signed === undefined
          ? await signInstruction(unsigned, [{ role: 'service', signer: key.signer, keyId: key.keyId }])
          : await signed(unsigned);
      await this.database.withSystem((manager) => this.submissions.add(manager, { org, signed: instruction }));
      return this.submissions.find(submissionKey);
    }
    this.alarm(org, purpose);
    return null;
  }

  private alarm(org: string, purpose: string[]): void {
    const name = [org, ...purpose].join('/');
    if (this.given.has(name)) return;
    this.given.add(name);
    this.log.error({ alarm: 'SERVICE_ACT_REFUSED', org, purpose });
  }
}
