import { Injectable } from '@nestjs/common';
import { instantAt, RulePackSchema, type RulePack } from '@tallystick/domain';
import { z } from 'zod';
import type { Caller } from '../auth/caller';
import { Book } from '../operations/book';
import { authorOf } from '../operations/drafting';
import { DateField } from '../operations/form-fields';
import { NetworkFacts } from '../operations/network-facts';
import { OperationsService } from '../operations/operations.service';
import { ProblemError, RefusedError } from '../problem/problem.error';

/** Rules come into force with the day. */
const MIDNIGHT = '00:00';

/** What a new rule pack changes; its name and its date follow from the form, and the fingerprints' key never changes. */
const Changes = RulePackSchema.omit({
  id: true,
  effectiveFrom: true,
  currency: true,
  fingerprintKeyCommit: true,
}).partial();

/** `POST /network/rule-packs`. */
export const PublishForm = z.strictObject({
  from: DateField,
  changes: Changes.refine((given) => Object.keys(given).length > 0, 'expected a change'),
});

/** A published pack and the business instant from which it is in force. */
export interface PublishedPack {
  from: string;
  rules: RulePack;
}

/** 发布规则: the operator publishes dated rules; all organisations but one approve them by endorsing. */
@Injectable()
export class RulePackCommand {
  constructor(
    private readonly operations: OperationsService,
    private readonly book: Book,
    private readonly network: NetworkFacts,
  ) {}

  /** Everything published, oldest first. */
  async published(org: string): Promise<PublishedPack[]> {
    const { packs } = await this.book.get(org, 'Schedule');
    const published = [];
    for (const { id, from } of packs) {
      const { rules } = await this.book.get(org, 'RulePack', id);
      published.push({ from, rules: RulePackSchema.parse(rules) });
    }
    return published;
  }

  /**
   * New rules are the last published ones with the changes.
   * @throws ProblemError FORBIDDEN unless for the operator; RefusedError BAD_INPUT unless later than today and than what is published
   */
  async run(caller: Caller, { from: date, changes }: z.output<typeof PublishForm>) {
    const facts = await this.network.at(caller.org);
    if (facts.genesis.operator.id !== caller.member) throw new ProblemError('FORBIDDEN');
    const last = (await this.published(caller.org)).at(-1);
    const from = instantAt(date, MIDNIGHT);
    if (last === undefined || from < facts.now || from <= last.from) {
      throw new RefusedError({ code: 'BAD_INPUT', details: { today: facts.today }, field: 'from' });
    }
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const rules = RulePackSchema.parse({ ...last.rules, ...given, id: `rules-${date}`, effectiveFrom: date });
    return this.operations.create(caller, {
      kind: 'network.publishRulePack',
      deadline: from,
      amountFen: 0n,
      summary: { subject: { type: 'rule-pack', id: rules.id } },
      form: { from: date, changes: given },
      steps: [
        {
          contract: 'network',
          fn: 'publishRulePack',
          author: authorOf(facts, caller.member, facts.rules.id),
          records: {},
          known: {},
          input: { rulePack: { schema: 1, id: rules.id, rules }, from },
        },
      ],
    });
  }
}
