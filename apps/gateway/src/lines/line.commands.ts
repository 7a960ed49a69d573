import { Injectable } from '@nestjs/common';
import { decideActing, decideLineEnd } from '@tallystick/domain';
import type { Money } from '@tallystick/protocol';
import { z } from 'zod';
import type { Caller } from '../auth/caller';
import { Book } from '../operations/book';
import { authorOf, recordsSeen } from '../operations/drafting';
import { DateField, MemberField, unwrapAt } from '../operations/form-fields';
import { fenOf, moneyOf, PositiveMoney } from '../operations/money';
import { NetworkFacts, type Facts } from '../operations/network-facts';
import { OperationsService } from '../operations/operations.service';
import { Views } from '../operations/views';
import { RefusedError, unwrap } from '../problem/problem.error';

/** `POST /lines`. */
export const GrantForm = z.strictObject({ issuer: MemberField, limit: PositiveMoney, until: DateField });
/** `POST /lines/:id/changes`. */
export const ChangeForm = z.strictObject({ limit: PositiveMoney, until: DateField });

/** 授信: how much an issuer may owe under a bank's witness. */
@Injectable()
export class LineCommands {
  constructor(
    private readonly operations: OperationsService,
    private readonly book: Book,
    private readonly views: Views,
    private readonly network: NetworkFacts,
  ) {}

  /** @throws RefusedError MEMBER_KIND (no bank, no core enterprise), NOT_A_MEMBER, MEMBER_SUSPENDED, LINE_EXPIRED */
  async grant(caller: Caller, form: z.output<typeof GrantForm>) {
    const facts = await this.network.at(caller.org);
    unwrap(decideActing(await this.book.get(caller.org, 'Member', caller.member), 'BANK'));
    const issuer = await this.views.member(caller.org, form.issuer, 'issuer');
    unwrapAt(decideActing(issuer, 'CORE'), 'issuer');
    unwrap(decideLineEnd(form.until, facts.now));
    return this.save(caller, facts, {
      kind: 'line.grant',
      subject: form.issuer,
      issuer: issuer.id,
      limit: form.limit,
      form,
      records: {},
      input: {
        terms: { bank: caller.member, issuer: issuer.id, currency: 'CNY' },
        issuerOrg: issuer.host,
        standIn: standInFor(facts, caller.org, issuer),
        until: form.until,
        limitFen: String(fenOf(form.limit)),
      },
    });
  }

  /** @throws RefusedError RECORD_NOT_FOUND, LINE_NOT_OWN, LINE_EXPIRED */
  async change(caller: Caller, id: string, form: z.output<typeof ChangeForm>) {
    const facts = await this.network.at(caller.org);
    const record = await this.book.seen(caller, 'Line', id);
    const { terms } = await this.book.opening(caller.org, 'Line', id);
    if (terms.bank !== caller.member) throw new RefusedError({ code: 'LINE_NOT_OWN', details: {} });
    unwrap(decideLineEnd(form.until, facts.now));
    return this.save(caller, facts, {
      kind: 'line.change',
      subject: id,
      issuer: terms.issuer,
      limit: form.limit,
      form,
      // Issues draw on the line all the time, so its numbers are not expected to stand still; its owner never changes.
      records: recordsSeen(),
      input: { line: record.id, until: form.until, limitFen: String(fenOf(form.limit)) },
    });
  }

  private async save(
    caller: Caller,
    facts: Facts,
    draft: {
      kind: 'line.grant' | 'line.change';
      subject: string;
      issuer: string;
      limit: Money;
      form: Record<string, unknown>;
      records: Record<string, unknown>;
      input: Record<string, unknown>;
    },
  ) {
    const amountFen = fenOf(draft.limit);
    const { kind, form, records, input } = draft;
    return this.operations.create(caller, {
      kind,
      deadline: null,
      amountFen,
      summary: {
        amount: moneyOf(amountFen),
        counterparty: await this.views.party(caller.org, draft.issuer),
        subject: { type: kind === 'line.grant' ? 'member' : 'line', id: draft.subject },
      },
      form,
      steps: [
        {
          contract: 'line',
          fn: kind === 'line.grant' ? 'grant' : 'change',
          author: authorOf(facts, caller.member, facts.rules.id),
          records,
          known: {},
          input,
        },
      ],
    });
  }
}

/** Another authority, outside the issuer's and the operator's groups, that fills in for who is down. @throws RefusedError */
function standInFor({ genesis }: Facts, witness: string, issuer: { group: string | null }): string {
  const operator = genesis.organisations.find(({ msp }) => msp === genesis.operatorMsp);
  const closed = [issuer.group, operator?.group ?? null].filter((group) => group !== null);
  const found = genesis.organisations.find(
    ({ msp, authority, group }) => authority && msp !== witness && (group === null || !closed.includes(group)),
  );
  if (found === undefined) throw new RefusedError({ code: 'ENDORSER_MISSING', details: {} });
  return found.msp;
}
