import { Injectable } from '@nestjs/common';
import { fingerprint } from '@tallystick/crypto';
import {
  acceptanceDeadline,
  addDays,
  decideActing,
  decideDraw,
  decideIssue,
  decideOccupy,
  endOfDay,
  isBlockedFromIssuing,
  isDead,
  parseFen,
  sumFen,
  type Outcome,
  type RefusalDetail,
} from '@tallystick/domain';
import type { InvoiceUse, LineOpening, LineRecord, MemberRecord, StepDraft } from '@tallystick/protocol';
import type { Caller } from '../auth/caller';
import { authorOf } from '../operations/drafting';
import { Book } from '../operations/book';
import { unwrapAt, unwrapFor } from '../operations/form-fields';
import { fenOf, moneyOf } from '../operations/money';
import { NetworkFacts, type Facts } from '../operations/network-facts';
import { OperationsService } from '../operations/operations.service';
import { certificateView, Views } from '../operations/views';
import { RefusedError } from '../problem/problem.error';
import { ConsortiumKey } from '../submissions/consortium-key';
import type { CertificateForm } from './issue.form';

/** One certificate of the form with what was looked up for it. */
interface Item {
  form: CertificateForm;
  /** Path of its fields in the form. */
  path: string;
  faceFen: bigint;
  creditor: MemberRecord;
  line: LineRecord;
  invoices: InvoiceUse[];
}

/** 开立: turns issue forms into an operation, with every rule of the contract asked early. */
@Injectable()
export class IssueCommand {
  constructor(
    private readonly operations: OperationsService,
    private readonly book: Book,
    private readonly views: Views,
    private readonly network: NetworkFacts,
    private readonly key: ConsortiumKey,
  ) {}

  /**
   * @param forms one, whose fields stand at the top of the body, or several under `certificates`
   * @throws RefusedError what the domain's `decideIssue`, `decideDraw` and `decideOccupy` refuse; NOT_A_MEMBER, MEMBER_KIND
   */
  async run(caller: Caller, forms: CertificateForm[], pathOf: (index: number) => string) {
    const facts = await this.network.at(caller.org);
    const issuer = await this.book.get(caller.org, 'Member', caller.member);
    unwrapFor(decideActing(issuer, 'CORE'), (field) => field);
    const issuerOverdue = await this.isOverdue(caller);
    const items: Item[] = [];
    for (const [index, form] of forms.entries()) {
      const item = await this.look(caller, form, pathOf(index));
      this.decide(item, facts, issuerOverdue, caller.member);
      items.push(item);
    }
    await this.decideLines(caller, items, facts);
    await this.decideInvoices(caller, items, facts);
    return this.operations.create(caller, {
      kind: 'certificate.issue',
      // The contract takes a day of issue that is today or yesterday.
      deadline: endOfDay(addDays(facts.today, 1)),
      amountFen: sumFen(items.map(({ faceFen }) => faceFen)),
      summary: await this.summary(caller, items),
      form: forms.length === 1 ? { ...forms[0] } : { certificates: forms },
      steps: stepsOf(caller, items, facts),
    });
  }

  private async look(caller: Caller, form: CertificateForm, path: string): Promise<Item> {
    const creditor = await this.views.member(caller.org, form.creditor, `${path}creditor`);
    const line = await this.book.seen(caller, 'Line', form.line);
    const invoices = form.invoices.map((invoice, index): InvoiceUse => {
      const identity = { sellerUscc: creditor.id, number: invoice.number, date: invoice.date };
      return {
        ...identity,
        fingerprint: this.fingerprintOf(identity, `${path}invoices.${String(index)}.number`),
        grossFen: String(fenOf(invoice.grossAmount)),
        amountFen: String(fenOf(invoice.amount)),
        deliveredOn: invoice.deliveredOn,
      };
    });
    const faceFen = sumFen(form.invoices.map(({ amount }) => fenOf(amount)));
    return { form, path, faceFen, creditor, line, invoices };
  }

  private fingerprintOf(identity: { sellerUscc: string; number: string; date: string }, field: string): string {
    try {
      return fingerprint(this.key.fingerprint, identity);
    } catch (error) {
      if (error instanceof TypeError) throw new RefusedError({ code: 'BAD_INPUT', details: {}, field });
      throw error;
    }
  }

  private decide({ form, path, faceFen, creditor }: Item, facts: Facts, issuerOverdue: boolean, issuer: string): void {
    const rename = (field: string): string => path + (field === 'faceFen' ? 'invoices' : field);
    unwrapAt(decideActing(creditor, null), `${path}creditor`);
    if (!creditor.kinds.some((kind) => kind === 'SUPPLIER' || kind === 'CORE')) {
      const details: Record<string, RefusalDetail> = { memberId: creditor.id, neededKind: 'SUPPLIER' };
      throw new RefusedError({ code: 'MEMBER_KIND', details, field: `${path}creditor` });
    }
    const command = {
      issuer,
      creditor: creditor.id,
      faceFen,
      issuedOn: facts.today,
      dueDate: form.dueDate,
      acceptBy: acceptanceDeadline(facts.today, form.dueDate, facts.rules),
      longTenorReason: form.longTenorReason ?? null,
      riskSigned: false,
      invoices: form.invoices.map(({ amount, deliveredOn }) => ({ amountFen: fenOf(amount), deliveredOn })),
    };
    unwrapFor(decideIssue(command, { now: facts.now, rules: facts.rules, issuerOverdue }), rename);
  }

  /** All faces under one line together must fit into what is left of it. */
  private async decideLines(caller: Caller, items: Item[], { now }: Facts): Promise<void> {
    for (const line of new Set(items.map((item) => item.line))) {
      const own = items.filter((item) => item.line.id === line.id);
      const opening: LineOpening = await this.book.opening(caller.org, 'Line', line.id);
      const [limitFen, usedFen] = [parseFen(opening.limitFen), parseFen(opening.usedFen)];
      const view = { issuer: opening.terms.issuer, limitFen, usedFen, until: line.until };
      const faces = own.map(({ faceFen }) => faceFen);
      const outcome = decideDraw(view, caller.member, faces, now);
      unwrapFor(at(outcome, own), (field) => field);
    }
  }

  /** An invoice is used no further than its total, by earlier certificates and by those of this form. */
  private async decideInvoices(caller: Caller, items: Item[], { now }: Facts): Promise<void> {
    const claimed = new Map<string, bigint>();
    for (const item of items) {
      for (const [index, invoice] of item.invoices.entries()) {
        const { fingerprint: print } = invoice;
        const [grossFen, amountFen] = [parseFen(invoice.grossFen), parseFen(invoice.amountFen)];
        const occupancy = await this.book.findOpening(caller.org, 'Occupancy', print);
        const uses = [];
        for (const use of occupancy?.uses ?? []) {
          const record = await this.book.get(caller.org, 'Certificate', use.certificate);
          uses.push({ amountFen: parseFen(use.amount.fen), dead: isDead(certificateView(record), now) });
        }
        const earlier = claimed.get(print) ?? 0n;
        if (earlier > 0n) uses.push({ amountFen: earlier, dead: false });
        const known = occupancy === null ? { grossFen, uses } : { grossFen: parseFen(occupancy.gross.fen), uses };
        unwrapAt(decideOccupy(known, { grossFen, amountFen }), `${item.path}invoices.${String(index)}.amount`);
        claimed.set(print, earlier + amountFen);
      }
    }
  }

  private async isOverdue({ org, member }: Caller): Promise<boolean> {
    const standing = await this.book.find(org, 'Standing', member);
    const records = [];
    for (const id of standing?.overdue ?? []) records.push(await this.book.get(org, 'Certificate', id));
    return isBlockedFromIssuing(records);
  }

  private async summary({ org }: Caller, items: Item[]) {
    const [first] = items;
    const creditors = new Set(items.map(({ creditor }) => creditor.id));
    return {
      amount: moneyOf(sumFen(items.map(({ faceFen }) => faceFen))),
      ...(creditors.size === 1 &&
        first !== undefined && { counterparty: await this.views.party(org, first.creditor.id) }),
      subject: { type: 'line', id: first?.line.id ?? '' },
    };
  }
}

/** The refusal of a draw names the first face that does not fit: told at that certificate's own place in the form. */
function at(outcome: Outcome<bigint>, items: Item[]): Outcome<bigint> {
  if (outcome.ok) return outcome;
  const { index } = outcome.refusal.details;
  const item = typeof index === 'number' ? items[index] : items[0];
  if (item === undefined) return outcome;
  const field = outcome.refusal.code === 'LINE_EXCEEDED' ? 'invoices' : 'line';
  return { ok: false, refusal: { ...outcome.refusal, field: `${item.path}${field}` } };
}

/** One instruction for each line and host of creditors: that is what fits into one transaction. */
function stepsOf({ member, org }: Caller, items: Item[], facts: Facts): StepDraft[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = `${item.line.id}/${item.creditor.host}`;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()].map((group) => ({
    contract: 'certificate',
    fn: 'issueMany',
    author: authorOf(facts, member, facts.rules.id),
    records: {},
    known: {},
    input: {
      certificates: group.map(({ form, faceFen, creditor, line, invoices }) => ({
        issuerOrg: org,
        host: creditor.host,
        witness: line.witness,
        standIn: line.standIn,
        line: line.id,
        issuedOn: facts.today,
        dueDate: form.dueDate,
        acceptBy: acceptanceDeadline(facts.today, form.dueDate, facts.rules),
        faceFen: String(faceFen),
        firstCreditor: creditor.id,
        latePpmPerDay: facts.rules.lateInterestPpmPerDay,
        invoices,
        contractNo: form.contractNo,
        note: form.note,
        longTenorReason: form.longTenorReason ?? null,
      })),
    },
  }));
}
