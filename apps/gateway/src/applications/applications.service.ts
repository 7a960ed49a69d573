import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { admissionBytes, verifySignature } from '@tallystick/crypto';
import { decideAdmission } from '@tallystick/domain';
import { HostRoster, MemberRecord, type AdmissionSignature } from '@tallystick/protocol';
import { uuidv7 } from 'uuidv7';
import { QueryFailedError } from 'typeorm';
import type { Caller } from '../auth/caller';
import { UserRow } from '../auth/user.entity';
import { UsersService } from '../auth/users.service';
import { CONFIG, type Config } from '../config/config';
import { Database } from '../database/database';
import { Book } from '../operations/book';
import { authorOf } from '../operations/drafting';
import { unwrapFor } from '../operations/form-fields';
import { NetworkFacts, type Facts } from '../operations/network-facts';
import { OperationsService } from '../operations/operations.service';
import { values } from '../operations/row-values';
import { LEDGERS, type Ledgers } from '../projection/ledger-access';
import { ProjectionService } from '../projection/projection.service';
import { ProblemError, RefusedError } from '../problem/problem.error';
import { serviceKeyOf } from '../submissions/service-keys';
import { ApplicationRow } from './application.entity';
import type { ApplicationForm } from './application.form';

/** Firms that ask to become members, and their people, whose accounts open with the admission. */
@Injectable()
export class ApplicationsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('Applications');
  private stop: () => void = () => undefined;
  private opening: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly operations: OperationsService,
    private readonly book: Book,
    private readonly network: NetworkFacts,
    private readonly projection: ProjectionService,
    @Inject(LEDGERS) private readonly ledgers: Ledgers,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.stop = this.projection.onProjected((org, { changed }) => {
      if (changed.some((ref) => ref.startsWith('Member/'))) this.openLater(org);
    });
    for (const org of this.ledgers.orgs) this.openLater(org);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop();
    await this.opening;
  }

  /** What an applicant has to know before it signs: the hosts served here, with the service key that its record must hold. */
  async terms() {
    const { facts } = await this.reader();
    const { networkId, organisations } = facts.genesis;
    return {
      networkId,
      now: facts.rawNow,
      soloLimitMaxFen: facts.rules.soloLimitMaxFen,
      hosts: organisations
        .filter(({ msp }) => this.ledgers.orgs.includes(msp))
        .map(({ msp, name, authority }) => {
          const { keyId, publicKey } = serviceKeyOf(this.config.home, msp);
          return { msp, name, authority, serviceKey: { keyId, publicKey } };
        }),
    };
  }

  /**
   * Takes an application in.
   * @returns its id, and the admission with our service key's signature, for the operator's gateway if that is another one
   * @throws RefusedError as the domain's `decideAdmission`, SIG_INVALID, KEY_UNKNOWN, RECORD_EXISTS (a user name that is taken)
   */
  async receive(form: ApplicationForm) {
    const { org, facts } = await this.reader();
    const { subject } = form;
    const isMember = (await this.book.find(org, 'Member', subject.id)) !== null;
    unwrapFor(decideAdmission(subject, isMember, facts.rules), (field) => `subject.${field}`);
    if (subject.kinds.includes('OPERATOR') || !facts.genesis.organisations.some(({ msp }) => msp === subject.host)) {
      throw new RefusedError({ code: 'BAD_INPUT', details: {}, field: 'subject' });
    }
    const admission = await this.completed(form);
    requireUsersKeys(form);
    const id = uuidv7();
    await this.database.withSystem(async (manager) => {
      const row = {
        id,
        org,
        member: facts.genesis.operator.id,
        applicant: subject.id,
        state: 'received' as const,
        subject,
        admission,
        userIds: this.ledgers.orgs.includes(subject.host) ? await this.makeUsers(form) : [],
        createdAt: new Date(),
      };
      await manager.insert(ApplicationRow, values<ApplicationRow>(row));
    });
    return { id, state: 'received' as const, admission };
  }

  /** For the operator, oldest first. @throws ProblemError FORBIDDEN for anybody else */
  async list(caller: Caller) {
    await this.requireOperator(caller);
    const { business } = await this.operations.reading(caller.org);
    const rows = await this.database.withMember(caller, (manager) =>
      manager.find(ApplicationRow, { order: { createdAt: 'ASC' }, take: 100 }),
    );
    return {
      items: rows.map(({ id, state, subject, createdAt }) => ({
        id,
        state,
        member: { id: subject.id, name: subject.name, nameEn: subject.nameEn },
        kinds: subject.kinds,
        host: subject.host,
        createdAt: business(createdAt),
      })),
      nextCursor: null,
    };
  }

  /** 准入: the operator admits an applicant, at the next place of its host's roster. @throws RefusedError RECORD_NOT_FOUND, RECORD_EXISTS */
  async admit(caller: Caller, id: string) {
    const facts = await this.requireOperator(caller);
    const row = /^[0-9a-f-]{36}$/u.test(id)
      ? await this.database.withMember(caller, (manager) => manager.findOneBy(ApplicationRow, { id }))
      : null;
    if (row === null) throw new RefusedError({ code: 'RECORD_NOT_FOUND', details: { record: 'Application' } });
    const { subject, admission } = row;
    if ((await this.book.find(caller.org, 'Member', subject.id)) !== null) {
      throw new RefusedError({ code: 'RECORD_EXISTS', details: { record: 'Member' } });
    }
    const roster = new HostRoster(subject.host, await this.book.within(caller.org, 'Member', subject.host));
    const record = MemberRecord.parse({ ...subject, index: roster.state.size });
    return this.operations.create(caller, {
      kind: 'member.admit',
      deadline: null,
      amountFen: 0n,
      summary: {
        counterparty: { id: subject.id, name: subject.name, nameEn: subject.nameEn },
        subject: { type: 'application', id },
      },
      form: { applicant: subject.id },
      steps: [
        {
          contract: 'member',
          fn: 'admit',
          author: authorOf(facts, caller.member, facts.rules.id),
          records: {},
          known: {},
          input: { record, admission },
        },
      ],
    });
  }

  private async requireOperator(caller: Caller): Promise<Facts> {
    const facts = await this.network.at(caller.org);
    if (facts.genesis.operator.id !== caller.member) throw new ProblemError('FORBIDDEN');
    return facts;
  }

  private openLater(org: string): void {
    this.opening = this.opening
      .then(() => this.openAccounts(org))
      .catch((error: unknown) => {
        this.log.error(error);
      });
  }

  /** Opens the accounts of applicants that the ledger now knows as members; asked again it changes nothing. */
  private async openAccounts(org: string): Promise<void> {
    await this.database.withSystem(async (manager) => {
      for (const { id, applicant, userIds } of await manager.findBy(ApplicationRow, { org, state: 'received' })) {
        if ((await this.book.find(org, 'Member', applicant)) === null) continue;
        for (const userId of userIds) await manager.update(UserRow, { id: userId }, { active: true });
        await manager.update(ApplicationRow, { id }, { state: 'admitted' });
      }
    });
  }

  /** The organisation under which applications are kept here: the operator's when we serve it. */
  private async reader(): Promise<{ org: string; facts: Facts }> {
    const [first] = this.ledgers.orgs;
    if (first === undefined) throw new ProblemError('UNAVAILABLE');
    const { genesis } = await this.network.at(first);
    const org = this.ledgers.orgs.includes(genesis.operatorMsp) ? genesis.operatorMsp : first;
    return { org, facts: await this.network.at(org) };
  }

  /** Every key's own signature; the host's service key, which lives here, signs now. @throws RefusedError SIG_INVALID */
  private async completed({ subject, admission }: ApplicationForm): Promise<AdmissionSignature[]> {
    const bytes = admissionBytes(subject);
    const signed = [...admission];
    if (this.ledgers.orgs.includes(subject.host)) {
      const { keyId, signer } = serviceKeyOf(this.config.home, subject.host);
      const named = subject.keys.some((key) => key.keyId === keyId);
      if (named && !signed.some((each) => each.keyId === keyId)) signed.push({ keyId, sig: await signer.sign(bytes) });
    }
    for (const [index, { keyId, publicKey }] of subject.keys.entries()) {
      const sig = signed.find((each) => each.keyId === keyId)?.sig ?? '';
      if (!verifySignature({ publicKey, bytes, signature: sig })) {
        throw new RefusedError({ code: 'SIG_INVALID', details: { keyId }, field: `subject.keys.${String(index)}` });
      }
    }
    return signed;
  }

  /** Accounts that nobody can sign in to until the admission. @throws RefusedError RECORD_EXISTS for a name that is taken */
  private async makeUsers({ subject, users }: ApplicationForm): Promise<string[]> {
    const ids: string[] = [];
    for (const [index, { displayName, key, ...rest }] of users.entries()) {
      const scope = { org: subject.host, member: subject.id };
      try {
        const user = { ...scope, displayNameKey: displayName, active: false, ...rest };
        ids.push(await this.users.create(key === undefined ? user : { ...user, key }));
      } catch (error) {
        const taken = error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '23505';
        if (!taken) throw error;
        const field = `users.${String(index)}.user`;
        throw new RefusedError({ code: 'RECORD_EXISTS', details: { user: rest.user }, field });
      }
    }
    return ids;
  }
}

/** A person's key must be one of the firm's. @throws RefusedError KEY_UNKNOWN */
function requireUsersKeys({ subject, users }: ApplicationForm): void {
  for (const [index, { key }] of users.entries()) {
    if (key === undefined) continue;
    const known = subject.keys.find(({ keyId }) => keyId === key.keyId);
    if (known?.publicKey !== key.publicKey) {
      const field = `users.${String(index)}.key`;
      throw new RefusedError({ code: 'KEY_UNKNOWN', details: { keyId: key.keyId }, field });
    }
  }
}
