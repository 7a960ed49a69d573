import {
  agreementDeadline,
  blackoutFrom,
  earlierOf,
  interestEndDate,
  priceFinancing,
  quoteDeadline,
} from '@tallystick/domain';
import {
  applyOpenings,
  buildAcceptQuote,
  buildApply,
  buildApprove,
  buildDisburse,
  buildFailFinancing,
  buildInvite,
  buildQuote,
  buildReceipt,
  buildRefuseInvitation,
  buildRejectFinancing,
  buildSign,
  buildWithdrawFinancing,
  buildWithdrawQuote,
  disburseOpenings,
  inviteOpenings,
  quoteOpenings,
  type Application,
  type Behind,
  type HoldingOpening,
  type InvitationOpening,
  type QuoteOpening,
  type QuoteTerms,
  type SealedApplication,
  type SignedInstruction,
} from '@tallystick/protocol';
import { BANK_A, CORE, type Consortium, type SignedCall } from './consortium';
import type { Firm } from './firm';
import { readersFor, type Held } from './passing';
import { businessToday, idOf } from './trade';

/** An application as its owner knows it: `holding` is the locked piece. */
export interface Applied extends Held {
  owner: Firm;
  order: string;
  sealed: SealedApplication;
  rest: Held | null;
}

/** A bank's side of an application. */
export interface Invited extends Applied {
  bank: Firm;
  invitation: InvitationOpening;
}

/** A priced offer. */
export interface Quoted extends Invited {
  quote: QuoteOpening;
  net: string;
}

export const applicationOf = (owner: Firm, amountFen: bigint, change: Partial<Application> = {}): Application => ({
  applicant: owner.record.id,
  amountFen: String(amountFen),
  recourse: false,
  interestBearer: 'supplier',
  note: '',
  ...change,
});

const days = (count: number): number => count * 86_400_000;
export const later = (consortium: Consortium, ms: number): string =>
  new Date(Date.parse(consortium.now) + ms).toISOString();

export async function applyCall(
  consortium: Consortium,
  { certificate, holding }: Held,
  owner: Firm,
  amountFen: bigint,
  until?: string,
): Promise<SignedCall & { sealed: SealedApplication }> {
  const { dueDate } = (await consortium.record('Certificate', certificate.certificate)).public;
  const latest = blackoutFrom(dueDate, consortium.rules);
  const openUntil = until ?? earlierOf(later(consortium, days(4)), latest);
  const application = applicationOf(owner, amountFen);
  const { sealed, ...unsigned } = buildApply({ ...consortium.authoring(owner), holding, application, openUntil });
  const signed = await consortium.sign(unsigned, owner);
  const context = { certificate, holding };
  return { contract: 'financing', fn: 'apply', signed, readers: readersFor(owner), context, sealed };
}

export async function applyFor(
  consortium: Consortium,
  held: Held,
  owner: Firm,
  amountFen: bigint,
  openUntil?: string,
): Promise<Applied> {
  const { sealed, ...call } = await applyCall(consortium, held, owner, amountFen, openUntil);
  await consortium.submit(call);
  const [holding, rest] = applyOpenings(call.signed, held.holding).holdings;
  const { certificate } = held;
  return {
    certificate,
    holding: holding!,
    owner,
    order: idOf(call.signed, 0),
    sealed,
    rest: rest === undefined ? null : { certificate, holding: rest },
  };
}

/** The instructions that made a holding and issued its certificate, as whoever sent them remembers them. */
export async function behindOf(consortium: Consortium, { holding, certificate }: HoldingOpening): Promise<Behind> {
  const { madeBy } = await consortium.record('Holding', holding);
  const { hash } = await consortium.record('Instruction', madeBy);
  const made = consortium.sent.get(hash);
  const issued = [...consortium.sent.values()].filter(
    ({ instruction: { fn, body } }) =>
      fn === 'issueMany' && (body['certificates'] as { id: string }[]).some(({ id }) => id === certificate),
  );
  return [made, ...issued].flatMap((each) =>
    each === undefined ? [] : [{ instruction: each.instruction, signatures: each.signatures }],
  );
}

export async function inviteCall(
  consortium: Consortium,
  applied: Applied,
  bank: Firm,
  sealed = applied.sealed,
): Promise<SignedCall> {
  const { owner, order, certificate, holding } = applied;
  const unsigned = buildInvite({
    ...consortium.authoring(owner),
    order,
    bank: bank.record.id,
    bankHost: bank.record.host,
    sealed,
  });
  const signed = await consortium.sign(unsigned, owner, 'maker');
  const readers = [...new Set([owner.record.host, bank.record.host])];
  return {
    contract: 'financing',
    fn: 'invite',
    signed,
    members: [bank],
    readers,
    context: { certificate, holding, behind: await behindOf(consortium, holding) },
    endorsers: readers,
    from: owner.record.host,
  };
}

export async function invite(consortium: Consortium, applied: Applied, bank: Firm): Promise<Invited> {
  const call = await inviteCall(consortium, applied, bank);
  await consortium.submit(call);
  return { ...applied, bank, invitation: inviteOpenings(call.signed).invitations[0]! };
}

/** The price that the rules compute, from today to the end of the certificate. */
export async function priceAt(consortium: Consortium, invited: Invited, ratePpm: number): Promise<QuoteTerms> {
  const { application } = invited.invitation;
  const { dueDate } = (await consortium.record('Certificate', invited.certificate.certificate)).public;
  const request = {
    amountFen: BigInt(application.amountFen),
    ratePpm,
    basis: 'ACT_360' as const,
    valueDate: businessToday(consortium),
    endDate: interestEndDate(dueDate, consortium.rules),
    fees: [{ name: '手续费', payee: invited.bank.record.name, fen: 5_000n }],
    interestBearer: application.interestBearer,
  };
  const price = priceFinancing(request);
  if (!price.ok) throw new Error(price.refusal.code);
  const { days: count, interestFen, netFen, aprPpm } = price.value;
  return {
    ...request,
    amountFen: application.amountFen,
    fees: request.fees.map((fee) => ({ ...fee, fen: String(fee.fen) })),
    days: count,
    interestFen: String(interestFen),
    netFen: String(netFen),
    aprPpm: Number(aprPpm),
    recourse: application.recourse,
  };
}

const invitedContext = ({ certificate, holding, invitation }: Invited) => ({ certificate, holding, invitation });
const dealHosts = ({ owner, bank }: Invited): string[] => [...new Set([owner.record.host, bank.record.host])];

export async function quoteCall(
  consortium: Consortium,
  invited: Invited,
  terms: QuoteTerms,
  validUntil?: string,
  by = invited.bank,
): Promise<SignedCall> {
  const { dueDate } = (await consortium.record('Certificate', invited.certificate.certificate)).public;
  const unsigned = buildQuote({
    ...consortium.authoring(by),
    order: invited.order,
    invitation: invited.invitation.invitation,
    terms,
    validUntil: validUntil ?? quoteDeadline(dueDate, consortium.now, consortium.rules),
  });
  return dealCall(invited, 'quote', await consortium.sign(unsigned, by), invitedContext(invited));
}

/** A call between owner's host and bank: both endorse and both read. */
export function dealCall(
  invited: Invited,
  fn: string,
  signed: SignedInstruction,
  context: Record<string, unknown>,
): SignedCall {
  const hosts = dealHosts(invited);
  return { contract: 'financing', fn, signed, readers: hosts, endorsers: hosts, from: hosts[0]!, context };
}

export async function quote(consortium: Consortium, invited: Invited, ratePpm: number): Promise<Quoted> {
  const call = await quoteCall(consortium, invited, await priceAt(consortium, invited, ratePpm));
  await consortium.submit(call);
  const { net } = call.signed.instruction.body as { net: string };
  return { ...invited, quote: quoteOpenings(call.signed).quotes[0]!, net };
}

export async function withdrawQuoteCall(consortium: Consortium, quoted: Quoted, by = quoted.bank): Promise<SignedCall> {
  const { quote: id, invitation } = quoted.quote;
  const unsigned = buildWithdrawQuote({ ...consortium.authoring(by), quote: id, invitation });
  const signed = await consortium.sign(unsigned, by, 'maker');
  return dealCall(quoted, 'withdrawQuote', signed, invitedContext(quoted));
}

export async function refuseCall(consortium: Consortium, invited: Invited, by = invited.bank): Promise<SignedCall> {
  const { invitation } = invited.invitation;
  const unsigned = buildRefuseInvitation({ ...consortium.authoring(by), invitation, reason: '不做' });
  const signed = await consortium.sign(unsigned, by, 'maker');
  return dealCall(invited, 'refuse', signed, invitedContext(invited));
}

export async function acceptQuoteCall(consortium: Consortium, quoted: Quoted, by = quoted.owner): Promise<SignedCall> {
  const { order, net, bank, certificate, holding } = quoted;
  const input = { order, quote: quoted.quote.quote, net, bankHost: bank.record.host };
  const signed = await consortium.sign(buildAcceptQuote({ ...consortium.authoring(by), ...input }), by);
  return { contract: 'financing', fn: 'acceptQuote', signed, context: { certificate, holding } };
}

export const DOCUMENT = 'd'.repeat(64);
const CHECKLIST = {
  documents: true,
  occupancy: true,
  fingerprint: true,
  limits: true,
  registrySearch: true,
} as const;
const agreedContext = (quoted: Quoted) => ({ ...invitedContext(quoted), quote: quoted.quote });

export async function approveCall(
  consortium: Consortium,
  quoted: Quoted,
  change: { by?: Firm; quote?: string; validUntil?: string; roles?: ('maker' | 'risk' | 'checker')[] } = {},
): Promise<SignedCall> {
  const by = change.by ?? quoted.bank;
  const { dueDate } = (await consortium.record('Certificate', quoted.certificate.certificate)).public;
  const unsigned = buildApprove({
    ...consortium.authoring(by),
    order: quoted.order,
    quote: change.quote ?? quoted.quote.quote,
    document: DOCUMENT,
    checklist: CHECKLIST,
    validUntil:
      change.validUntil ?? earlierOf(later(consortium, days(10)), agreementDeadline(dueDate, consortium.rules)),
  });
  const signed = await consortium.sign(unsigned, by, ...(change.roles ?? (['maker', 'risk', 'checker'] as const)));
  return dealCall(quoted, 'approve', signed, agreedContext(quoted));
}

export async function signCall(
  consortium: Consortium,
  quoted: Quoted,
  as: 'owner' | 'bank',
  change: { by?: Firm; document?: string } = {},
): Promise<SignedCall> {
  const by = change.by ?? (as === 'owner' ? quoted.owner : quoted.bank);
  const document = change.document ?? DOCUMENT;
  const unsigned = buildSign({ ...consortium.authoring(by), order: quoted.order, document, as });
  return dealCall(quoted, 'sign', await consortium.sign(unsigned, by), agreedContext(quoted));
}

/** Application, invitation, quote, choice: the order is agreed with `bank`. */
export async function agreed(
  consortium: Consortium,
  held: Held,
  owner: Firm,
  bank: Firm,
  amountFen: bigint,
): Promise<Quoted> {
  const invited = await invite(consortium, await applyFor(consortium, held, owner, amountFen), bank);
  const quoted = await quote(consortium, invited, 43_500);
  await consortium.submit(await acceptQuoteCall(consortium, quoted));
  return quoted;
}

/** {@link agreed}, approved and signed by both. */
export async function signedDeal(
  consortium: Consortium,
  held: Held,
  owner: Firm,
  bank: Firm,
  amountFen: bigint,
): Promise<Quoted> {
  const quoted = await agreed(consortium, held, owner, bank, amountFen);
  await consortium.submit(await approveCall(consortium, quoted));
  await consortium.submit(await signCall(consortium, quoted, 'owner'));
  await consortium.submit(await signCall(consortium, quoted, 'bank'));
  return quoted;
}

export interface ReceiptChange {
  order?: string;
  net?: string;
  paidOn?: string;
}

/** A receipt of another bank's service, or of whoever is named. */
export async function receiptOf(
  consortium: Consortium,
  quoted: Quoted,
  by: Firm,
  roles: ('service' | 'maker' | 'checker')[],
  change: ReceiptChange = {},
): Promise<SignedInstruction> {
  const { order, net } = quoted;
  const paidOn = businessToday(consortium);
  const unsigned = buildReceipt({
    ...consortium.authoring(by),
    order,
    net,
    paidOn,
    reference: 'CNAPS-20260303-01',
    ...change,
  });
  return consortium.sign(unsigned, by, ...roles);
}

export async function disburseCall(
  consortium: Consortium,
  quoted: Quoted,
  receipt: SignedInstruction | null,
  by = quoted.bank,
): Promise<SignedCall & { request: SignedInstruction[] }> {
  const { order, holding, certificate, invitation } = quoted;
  const unsigned = buildDisburse({ ...consortium.authoring(by), order, piece: holding });
  const signed = await consortium.sign(unsigned, by);
  const readers = [...new Set([by.record.host, CORE, BANK_A])];
  const context = { certificate, holding, bankSalt: invitation.bankSalt };
  const request = receipt === null ? [signed] : [signed, receipt];
  return { contract: 'financing', fn: 'disburse', signed, request, readers, context };
}

/** What is sent of {@link disburseCall}: both instructions in one request. */
export const disbursing = ({ request, ...call }: SignedCall & { request: SignedInstruction[] }) => ({
  ...call,
  signed: request,
});

/** Pays out with the other bank's receipt; answers the bank's new holding. */
export async function disburse(consortium: Consortium, quoted: Quoted, clearing: Firm): Promise<Held> {
  const call = await disburseCall(consortium, quoted, await receiptOf(consortium, quoted, clearing, ['service']));
  await consortium.submit(disbursing(call));
  const [holding] = disburseOpenings(call.signed, quoted.holding).holdings;
  return { certificate: quoted.certificate, holding: holding! };
}

export async function withdrawApplicationCall(
  consortium: Consortium,
  applied: Applied,
  by = applied.owner,
): Promise<SignedCall> {
  const { order, certificate, holding } = applied;
  const unsigned = buildWithdrawFinancing({ ...consortium.authoring(by), order, reason: '不再需要' });
  const signed = await consortium.sign(unsigned, by, 'maker');
  return { contract: 'financing', fn: 'withdraw', signed, context: { certificate, holding } };
}

export async function rejectCall(consortium: Consortium, quoted: Quoted, by = quoted.bank): Promise<SignedCall> {
  const { order, certificate, holding, invitation } = quoted;
  const unsigned = buildRejectFinancing({ ...consortium.authoring(by), order, reason: '登记冲突' });
  const signed = await consortium.sign(unsigned, by, 'maker');
  const context = { certificate, holding, bankSalt: invitation.bankSalt };
  return { contract: 'financing', fn: 'reject', signed, context };
}

export async function failCall(consortium: Consortium, quoted: Quoted, signers: Firm[], orders: string[] = []) {
  const { certificate, holding, invitation } = quoted;
  const signed = await Promise.all(
    signers.map((by, index) => {
      const order = orders[index] ?? quoted.order;
      return consortium.sign(buildFailFinancing({ ...consortium.authoring(by), order, reason: '退汇' }), by);
    }),
  );
  const context = { certificate, holding, bankSalt: invitation.bankSalt };
  return { contract: 'financing', fn: 'fail', signed, context };
}
