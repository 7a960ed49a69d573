/** What an explained instruction says, as values to show: nothing here comes from anywhere but the signed content itself. */
import { businessDateOf, formatAmount, parseFen } from '@tallystick/domain';
import type { CallName, Explanation } from '@tallystick/protocol';

export type Value =
  | { kind: 'money'; fen: bigint }
  | { kind: 'member'; id: string }
  | { kind: 'date'; date: string }
  | { kind: 'instant'; at: string }
  /** The moment from which it is too late. */
  | { kind: 'end'; at: string }
  | { kind: 'percent'; ppm: number; per: 'year' | 'day' }
  | { kind: 'count'; count: number }
  | { kind: 'id'; id: string }
  | { kind: 'word'; word: Word }
  | { kind: 'text'; text: string };

/** Values that have words of their own: `operation.word.*`. */
export type Word =
  | 'yes'
  | 'no'
  | 'withRecourse'
  | 'withoutRecourse'
  | 'bySupplier'
  | 'byCore'
  | 'active'
  | 'suspended'
  | 'owner'
  | 'bank'
  | 'act360'
  | 'act365';

/** Labels of facts: `operation.fact.*`. */
export type Label =
  | 'amount'
  | 'total'
  | 'receiver'
  | 'creditor'
  | 'dueDate'
  | 'issuedOn'
  | 'acceptBy'
  | 'lateInterest'
  | 'invoice'
  | 'contract'
  | 'note'
  | 'longTenor'
  | 'remainder'
  | 'offerUntil'
  | 'reason'
  | 'bank'
  | 'openUntil'
  | 'recourse'
  | 'bearer'
  | 'rate'
  | 'basis'
  | 'days'
  | 'interest'
  | 'fee'
  | 'net'
  | 'apr'
  | 'validUntil'
  | 'issuer'
  | 'limit'
  | 'lastDay'
  | 'member'
  | 'nameEn'
  | 'kinds'
  | 'keys'
  | 'key'
  | 'status'
  | 'soloLimit'
  | 'businessDate'
  | 'rulePack'
  | 'from'
  | 'document'
  | 'as'
  | 'instruction'
  | 'certificate'
  | 'order'
  | 'line'
  | 'checklist';

export interface Fact {
  label: Label;
  value: Value;
}

/** One instruction in clear: values for its sentence, its facts, and the same for each item of a list. */
export interface Description {
  call: SignedCall;
  vars: Record<string, Value>;
  facts: Fact[];
  items: Fact[][];
}

/** Calls that services sign by themselves, never a person at this screen. */
type ServiceCall =
  | 'network.flag'
  | 'line.release'
  | 'certificate.reportOverdue'
  | 'financing.receipt'
  | 'settlement.funds'
  | 'settlement.allocate'
  | 'settlement.credited'
  | 'settlement.close'
  | 'deposit.openings';

export type SignedCall = Exclude<CallName, ServiceCall>;
type FactsOf<C extends SignedCall> = Extract<Explanation, { call: C }>['facts'];
type Said = { vars?: Record<string, Value>; facts: (Fact | null)[]; items?: (Fact | null)[][] };

const money = (fen: bigint | string): Value => ({ kind: 'money', fen: BigInt(fen) });
const member = (id: string): Value => ({ kind: 'member', id });
const date = (day: string): Value => ({ kind: 'date', date: day });
const instant = (at: string): Value => ({ kind: 'instant', at });
const end = (at: string): Value => ({ kind: 'end', at });
const count = (items: number): Value => ({ kind: 'count', count: items });
const id = (value: string): Value => ({ kind: 'id', id: value });
const word = (value: Word): Value => ({ kind: 'word', word: value });
const plain = (text: string): Value => ({ kind: 'text', text });
const fact = (label: Label, value: Value): Fact => ({ label, value });
/** A fact only where something was written. */
const written = (label: Label, text: string | null | undefined): Fact | null =>
  text === null || text === undefined || text === '' ? null : fact(label, plain(text));

const recourseOf = (recourse: boolean): Fact => fact('recourse', word(recourse ? 'withRecourse' : 'withoutRecourse'));
const bearerOf = (bearer: 'supplier' | 'core'): Fact =>
  fact('bearer', word(bearer === 'core' ? 'byCore' : 'bySupplier'));

const ended = ({ body }: { body: { order: string; reason: string } }): Said => ({
  facts: [written('reason', body.reason), fact('order', id(body.order))],
});

/** One entry per call that people sign; a call without one cannot be signed here. */
export const DESCRIBERS: { [C in SignedCall]: (facts: FactsOf<C>, issuedAt: string) => Said } = {
  'network.moveClock': ({ body }, issuedAt) => {
    const reached = date(businessDateOf(new Date(Date.parse(issuedAt) + body.offsetMs).toISOString()));
    return { vars: { date: reached }, facts: [fact('businessDate', reached)] };
  },
  'network.publishRulePack': ({ body }) => ({
    vars: { pack: plain(body.rulePack.id) },
    facts: [fact('rulePack', plain(body.rulePack.id)), fact('from', instant(body.from))],
  }),
  'member.admit': ({ body: { record } }) => ({
    vars: { name: plain(record.name) },
    facts: [
      fact('member', plain(record.name)),
      fact('nameEn', plain(record.nameEn)),
      fact('key', plain(record.id)),
      fact('kinds', plain(record.kinds.join(', '))),
      fact('keys', count(record.keys.length)),
      fact('soloLimit', money(record.soloLimitFen)),
    ],
  }),
  'member.addKey': ({ body }) => ({
    facts: [fact('key', id(body.key.keyId)), fact('as', plain(body.key.roles.join(', ')))],
  }),
  'member.revokeKey': ({ body }) => ({
    vars: { member: member(body.member) },
    facts: [fact('member', member(body.member)), fact('key', id(body.keyId)), written('reason', body.reason)],
  }),
  'member.setStatus': ({ body }) => ({
    vars: { member: member(body.member), status: word(body.status) },
    facts: [fact('member', member(body.member)), fact('status', word(body.status)), written('reason', body.reason)],
  }),
  'member.setSoloLimit': ({ body }) => ({
    vars: { amount: money(body.soloLimitFen) },
    facts: [fact('soloLimit', money(body.soloLimitFen))],
  }),
  'line.grant': ({ terms, limitFen, until }) => ({
    vars: { issuer: member(terms.issuer), amount: money(limitFen), until: date(until) },
    facts: [fact('issuer', member(terms.issuer)), fact('limit', money(limitFen)), fact('lastDay', date(until))],
  }),
  'line.change': ({ line, limitFen, until }) => ({
    vars: { amount: money(limitFen), until: date(until) },
    facts: [fact('limit', money(limitFen)), fact('lastDay', date(until)), fact('line', id(line))],
  }),
  'certificate.issueMany': ({ certificates }) => ({
    vars: {
      smart_count: count(certificates.length),
      amount: money(certificates.reduce((sum, { faceFen }) => sum + faceFen, 0n)),
      creditor: member(certificates[0]?.terms.firstCreditor ?? ''),
      dueDate: date(certificates[0]?.public.dueDate ?? ''),
    },
    facts:
      certificates.length === 1
        ? []
        : [fact('total', money(certificates.reduce((sum, { faceFen }) => sum + faceFen, 0n)))],
    items: certificates.map(({ public: promise, terms, faceFen }) => [
      fact('creditor', member(terms.firstCreditor)),
      fact('amount', money(faceFen)),
      fact('dueDate', date(promise.dueDate)),
      fact('issuedOn', date(promise.issuedOn)),
      fact('acceptBy', end(promise.acceptBy)),
      fact('lateInterest', { kind: 'percent', ppm: terms.latePpmPerDay, per: 'day' }),
      ...terms.invoices.map((invoice) => fact('invoice', plain(`${invoice.number} · ${invoice.date}`))),
      written('contract', terms.contractNo),
      written('note', terms.note),
      written('longTenor', terms.longTenorReason),
    ]),
  }),
  'certificate.accept': ({ certificate, faceFen }) => ({
    vars: { amount: money(faceFen) },
    facts: [fact('amount', money(faceFen)), fact('certificate', id(certificate))],
  }),
  'certificate.decline': ({ body }) => ({
    facts: [written('reason', body.reason), fact('certificate', id(body.certificate))],
  }),
  'certificate.withdraw': ({ body }) => ({ facts: [fact('certificate', id(body.certificate))] }),
  'transfer.offer': ({ offers, remainderFen, until, certificate }) => ({
    vars: {
      smart_count: count(offers.length),
      amount: money(offers.reduce((sum, { amountFen }) => sum + amountFen, 0n)),
      receiver: member(offers[0]?.receiver ?? ''),
      until: end(until),
    },
    facts: [
      fact('remainder', money(remainderFen)),
      fact('offerUntil', end(until)),
      fact('certificate', id(certificate)),
    ],
    items: offers.map(({ receiver, amountFen, background }) => [
      fact('receiver', member(receiver)),
      fact('amount', money(amountFen)),
      written('contract', background.contractNo),
      written('invoice', background.invoiceNo),
      written('note', background.note),
    ]),
  }),
  'transfer.accept': ({ amountFen, certificate }) => ({
    vars: { amount: money(amountFen) },
    facts: [fact('amount', money(amountFen)), fact('certificate', id(certificate))],
  }),
  'transfer.decline': ended,
  'transfer.withdraw': ended,
  'financing.apply': ({ application, amountFen, remainderFen, openUntil, certificate }) => ({
    vars: { amount: money(amountFen) },
    facts: [
      fact('amount', money(amountFen)),
      fact('remainder', money(remainderFen)),
      recourseOf(application.recourse),
      bearerOf(application.interestBearer),
      fact('openUntil', end(openUntil)),
      written('note', application.note),
      fact('certificate', id(certificate)),
    ],
  }),
  'financing.invite': ({ bank, application }) => ({
    vars: { bank: member(bank), amount: money(application.amountFen) },
    facts: [fact('bank', member(bank)), fact('amount', money(application.amountFen)), recourseOf(application.recourse)],
  }),
  'financing.quote': ({ terms, netFen, validUntil }) => ({
    vars: { net: money(netFen), amount: money(terms.amountFen) },
    facts: [
      fact('amount', money(terms.amountFen)),
      fact('rate', { kind: 'percent', ppm: terms.ratePpm, per: 'year' }),
      fact('basis', word(terms.basis === 'ACT_360' ? 'act360' : 'act365')),
      fact('days', count(terms.days)),
      fact('interest', money(terms.interestFen)),
      ...terms.fees.map((fee) => fact('fee', plain(`${fee.name} · ${fee.payee} · ${formatAmount(parseFen(fee.fen))}`))),
      fact('net', money(netFen)),
      fact('apr', { kind: 'percent', ppm: terms.aprPpm, per: 'year' }),
      recourseOf(terms.recourse),
      bearerOf(terms.interestBearer),
      fact('validUntil', end(validUntil)),
    ],
  }),
  'financing.withdrawQuote': ({ body }) => ({ facts: [fact('order', id(body.quote))] }),
  'financing.refuse': ({ body }) => ({ facts: [written('reason', body.reason), fact('order', id(body.invitation))] }),
  'financing.acceptQuote': ({ body }) => ({ facts: [fact('order', id(body.order))] }),
  'financing.approve': ({ checklist, validUntil, document, order }) => ({
    vars: { until: end(validUntil) },
    facts: [
      fact('checklist', count(Object.keys(checklist).length)),
      fact('validUntil', end(validUntil)),
      fact('document', id(document)),
      fact('order', id(order)),
    ],
  }),
  'financing.sign': ({ body }) => ({
    vars: { as: word(body.as) },
    facts: [fact('as', word(body.as)), fact('document', id(body.document)), fact('order', id(body.order))],
  }),
  'financing.disburse': ({ amountFen, certificate, order }) => ({
    vars: { amount: money(amountFen) },
    facts: [fact('amount', money(amountFen)), fact('certificate', id(certificate)), fact('order', id(order))],
  }),
  'financing.withdraw': ended,
  'financing.reject': ended,
  'financing.fail': ended,
  'settlement.prepare': ({ amountFen, certificate }) => ({
    vars: { amount: money(amountFen) },
    facts: [fact('amount', money(amountFen)), fact('certificate', id(certificate))],
  }),
  'instruction.voidInstruction': ({ body }) => ({ facts: [fact('instruction', id(body.id))] }),
};

/**
 * @param issuedAt instant that the instruction names as its own, in real time
 * @throws RangeError for a call that no person signs
 */
export function describe(explanation: Explanation, issuedAt: string): Description {
  const { call, facts } = explanation;
  if (!isSignedCall(call)) throw new RangeError(`nobody signs ${call} in person`);
  const said = (DESCRIBERS[call] as (facts: unknown, issuedAt: string) => Said)(facts, issuedAt);
  return {
    call,
    vars: said.vars ?? {},
    facts: said.facts.filter(isFact),
    items: (said.items ?? []).map((item) => item.filter(isFact)),
  };
}

const isSignedCall = (call: CallName): call is SignedCall => Object.hasOwn(DESCRIBERS, call);
const isFact = (value: Fact | null): value is Fact => value !== null;
