import {
  AcceptCertificateBody,
  AcceptTransferBody,
  ApplyBody,
  GrantLineBody,
  IssueBody,
  OfferBody,
  PrepareBody,
  QuoteBody,
  type Operation,
} from '@tallystick/protocol';
import type { z } from 'zod';
import type { Firm } from './firm';

/** Money on the wire: a decimal string of CNY. */
export interface Money {
  amount: string;
  currency: 'CNY';
}
export const cny = (amount: string): Money => ({ amount, currency: 'CNY' });

type Allowed = Record<string, { allowed: boolean; reason?: string }>;
interface Acted {
  can: Allowed;
}
const may =
  (act: string) =>
  ({ can }: Acted): boolean =>
    can[act]?.allowed === true;

/** The body of an operation's step, in clear shape. */
function bodyOf<S extends z.ZodType>(schema: S, { steps }: Operation, step = 0): z.output<S> {
  return schema.parse(steps[step]?.instruction?.body);
}

export interface InvoiceForm {
  number: string;
  date: string;
  grossAmount: Money;
  amount: Money;
  deliveredOn: string;
}

export interface CertificateForm {
  line: string;
  creditor: string;
  dueDate: string;
  invoices: InvoiceForm[];
  contractNo: string;
  note: string;
}

/** 授信: a bank grants a core enterprise a line. @returns the line's id */
export async function grantLine(bank: Firm, form: { issuer: string; limit: Money; until: string }): Promise<string> {
  return bodyOf(GrantLineBody, await bank.command('/lines', form)).line;
}

/** 开立: certificates in one operation. @returns their ids in the order of the forms */
export async function issue(core: Firm, certificates: CertificateForm[]): Promise<string[]> {
  const operation = await core.command('/certificates', { certificates });
  // One step for each line and host of creditors: forms of one group keep their order within its step.
  const places = new Map<string, string[]>();
  for (const [index, step] of operation.steps.entries()) {
    const { certificates: issued } = bodyOf(IssueBody, operation, index);
    const inputs = (step.input as { certificates: { line: string; firstCreditor: string; contractNo: string }[] })
      .certificates;
    for (const [place, { line, firstCreditor, contractNo }] of inputs.entries()) {
      const key = [line, firstCreditor, contractNo].join('/');
      places.set(key, [...(places.get(key) ?? []), issued[place]?.id ?? '']);
    }
  }
  return certificates.map(({ line, creditor, contractNo }) => {
    const id = places.get([line, creditor, contractNo].join('/'))?.shift();
    if (id === undefined) throw new Error(`no certificate was issued for ${contractNo}`);
    return id;
  });
}

/** 签收. @returns the id of the first creditor's holding */
export async function acceptCertificate(creditor: Firm, certificate: string): Promise<string> {
  await creditor.awaits<Acted>(`/certificates/${certificate}`, may('accept'));
  return bodyOf(AcceptCertificateBody, await creditor.command(`/certificates/${certificate}/acceptance`)).holding;
}

/** 拒收. */
export async function declineCertificate(creditor: Firm, certificate: string, reason: string): Promise<void> {
  await creditor.awaits<Acted>(`/certificates/${certificate}`, may('decline'));
  await creditor.command(`/certificates/${certificate}/refusal`, { reason });
}

/** 撤回. */
export async function withdrawCertificate(issuer: Firm, certificate: string): Promise<void> {
  await issuer.command(`/certificates/${certificate}/withdrawal`);
}

export interface Receiver {
  member: string;
  amount: Money;
  background: { contractNo: string; invoiceNo: string; note: string };
}

/** What an offer or an application made of a holding. */
export interface Cut {
  orders: string[];
  /** The free remainder's holding; null when nothing was left. */
  remainder: string | null;
}

/** 流转申请: the holding is cut, one order for each receiver. */
export async function offer(owner: Firm, holding: string, receivers: Receiver[]): Promise<Cut> {
  await owner.awaits<Acted>(`/holdings/${holding}`, may('transfer'));
  const { offers, remainder } = bodyOf(OfferBody, await owner.command(`/holdings/${holding}/transfers`, { receivers }));
  return { orders: offers.map(({ order }) => order), remainder: remainder?.id ?? null };
}

/** 流转签收. @returns the id of the receiver's holding */
export async function acceptTransfer(receiver: Firm, order: string): Promise<string> {
  await receiver.awaits<Acted>(`/transfers/${order}`, may('accept'));
  return bodyOf(AcceptTransferBody, await receiver.command(`/transfers/${order}/acceptance`)).holding.id;
}

export interface ApplicationForm {
  amount: Money;
  /** Members' ids. */
  banks: string[];
  recourse: boolean;
  interestBearer: 'supplier' | 'core';
  note: string;
}

/** 融资申请: cuts and locks a piece, and invites the banks. */
export async function applyForCash(
  owner: Firm,
  holding: string,
  form: ApplicationForm,
): Promise<Cut & { order: string }> {
  await owner.awaits<Acted>(`/holdings/${holding}`, may('finance'));
  const { order, remainder } = bodyOf(ApplyBody, await owner.command(`/holdings/${holding}/financings`, form));
  return { order, orders: [order], remainder: remainder?.id ?? null };
}

export interface QuoteForm {
  /** Percent of a year, such as `3.85`. */
  rate: string;
  basis: 'ACT_360' | 'ACT_365';
  fees: { name: string; payee: string; amount: Money }[];
}

/** 报价. @returns the quote's id */
export async function quote(bank: Firm, order: string, form: QuoteForm): Promise<string> {
  await bank.awaits<Acted>(`/financings/${order}`, may('quote'));
  return bodyOf(QuoteBody, await bank.command(`/financings/${order}/quotes`, form)).quote;
}

/** A quote as the applicant compares it. */
export interface Quoted {
  id: string;
  net: Money;
  apr: string;
  can: Allowed;
}

/** The applicant takes one of the quotes. */
export async function acceptQuote(owner: Firm, order: string, chosen: string): Promise<Quoted> {
  const isOpen = ({ quotes }: { quotes: Quoted[] }): boolean =>
    quotes.some(({ id, can }) => id === chosen && can['accept']?.allowed === true);
  const { quotes } = await owner.awaits<{ quotes: Quoted[] }>(`/financings/${order}`, isOpen);
  await owner.command(`/financings/${order}/quotes/${chosen}/acceptance`);
  const taken = quotes.find(({ id }) => id === chosen);
  if (taken === undefined) throw new Error('the quote was there a moment ago');
  return taken;
}

const CHECKED = { documents: true, occupancy: true, fingerprint: true, limits: true, registrySearch: true };

/** 审批: the chosen bank's maker, risk officer and checker. */
export async function approve(bank: Firm, order: string): Promise<void> {
  await bank.awaits<Acted>(`/financings/${order}`, may('approve'));
  await bank.command(`/financings/${order}/approval`, { checklist: CHECKED });
}

/** 签署 and 放款: the owner signs, then the bank, then the money goes out against another bank's receipt. */
export async function signAndDisburse(owner: Firm, bank: Firm, order: string): Promise<void> {
  for (const firm of [owner, bank]) {
    await firm.awaits<Acted>(`/financings/${order}`, may('sign'));
    await firm.command(`/financings/${order}/signature`);
  }
  await bank.awaits<Acted>(`/financings/${order}`, may('disburse'));
  await bank.command(`/financings/${order}/disbursement`);
}

/** 兑付: the issuer pays, everything owed when no amount is named; ends when every payee is credited. @returns the settlement's id */
export async function settle(issuer: Firm, certificate: string, amount?: Money): Promise<string> {
  await issuer.awaits<Acted>(`/certificates/${certificate}`, may('settle'));
  const form = amount === undefined ? {} : { amount };
  const prepared = await issuer.command(`/certificates/${certificate}/settlements`, form);
  const { order } = bodyOf(PrepareBody, prepared);
  await issuer.awaits<{ state: string }>(`/settlements/${order}`, ({ state }) => state === 'closed');
  return order;
}

/** 准入: the operator admits an applicant by the id of its application. */
export async function admit(operator: Firm, application: string): Promise<void> {
  await operator.command(`/applications/${application}/admission`);
}

/** Moves a trial network's business date forward; ends when the gateways of `others` know it too. */
export async function moveClock(operator: Firm, date: string, others: readonly Firm[]): Promise<void> {
  await operator.command('/network/clock', { date });
  await inStep([operator, ...others]);
}

/**
 * Ends when the gateways of all these firms show what any of them shows now: whoever acts next sees what was done before,
 * wherever it was done.
 * @throws NotSeen
 */
export async function inStep(firms: readonly Firm[]): Promise<void> {
  const gateways = [...new Map(firms.map((firm) => [firm.org, firm])).values()];
  const heights = await Promise.all(gateways.map((firm) => firm.height()));
  const highest = heights.reduce((a, b) => (a > b ? a : b), 0n);
  await Promise.all(
    gateways.map((firm) => firm.awaits<{ height: string }>('/network', ({ height }) => BigInt(height) >= highest)),
  );
}
