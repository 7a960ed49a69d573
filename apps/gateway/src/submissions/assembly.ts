import { randomHex } from '@tallystick/crypto';
import {
  CALLS,
  HostRoster,
  planEveryone,
  planFixedCall,
  planMove,
  planPayment,
  planPublicCall,
  planValueCall,
  type BodyOf,
  type CallName,
  type CertificateRecord,
  type EndorsementPlan,
  type NetworkView,
  type OrderOf,
  type Parties,
  type SecretOf,
  type SignedInstruction,
} from '@tallystick/protocol';
import type { Book } from '../operations/book';
import { RefusedError } from '../problem/problem.error';
import type { SubmissionRow } from './submission.entity';

/** What goes with a signed instruction to the ledger. */
export interface Assembly {
  context: Record<string, unknown>;
  /** Members whose records the contract must be shown, the signers among them. */
  members: string[];
  plan: EndorsementPlan;
  /** A second instruction in the same request. */
  companion?: SignedInstruction;
}

/** One instruction with what its assembly looks up. */
export interface Assembling<N extends CallName> {
  org: string;
  book: Book;
  network: NetworkView;
  signed: SignedInstruction;
  body: BodyOf<N>;
  secret: SecretOf<N>;
  member: string;
  companions: SubmissionRow['companions'];
}

type Assemble<N extends CallName> = (call: Assembling<N>) => Promise<Assembly>;

const partiesOf = ({ public: { issuerOrg, witness, standIn } }: CertificateRecord, host: string): Parties => ({
  host,
  issuerOrg,
  witness,
  standIn,
});

const salt = (): string => randomHex(16);

async function order<K extends 'transfer' | 'financing' | 'settlement'>(
  { org, book }: Pick<Assembling<CallName>, 'org' | 'book'>,
  kind: K,
  id: string,
): Promise<OrderOf<K>> {
  const record = await book.get(org, 'Order', id);
  if (record.kind !== kind) throw new RefusedError({ code: 'RECORD_NOT_FOUND', details: { record: 'Order' } });
  return record as OrderOf<K>;
}

/** Certificate and holding with their openings: the context of most calls. */
async function held({ org, book }: Pick<Assembling<CallName>, 'org' | 'book'>, id: string) {
  const holding = await book.get(org, 'Holding', id);
  const certificate = await book.get(org, 'Certificate', holding.certificate);
  const context = {
    certificate: await book.opening(org, 'Certificate', holding.certificate),
    holding: await book.opening(org, 'Holding', id),
  };
  return { parties: partiesOf(certificate, holding.host), context, record: holding };
}

const ofCertificate =
  <N extends 'certificate.accept' | 'certificate.decline' | 'certificate.withdraw'>(): Assemble<N> =>
  async ({ org, book, network, body, member }) => {
    const record = await book.get(org, 'Certificate', body.certificate);
    return {
      context: { certificate: await book.opening(org, 'Certificate', body.certificate) },
      members: [member],
      plan: planValueCall(partiesOf(record, record.public.host), network),
    };
  };

const ofTransfer =
  <N extends 'transfer.accept' | 'transfer.decline' | 'transfer.withdraw'>(moves: boolean): Assemble<N> =>
  async (call) => {
    const { org, book, network, body, member } = call;
    const offer = await order(call, 'transfer', body.order);
    const { parties, context, record } = await held(call, offer.holding);
    if (moves) await book.requireProven(org, record);
    return {
      context: { ...context, transfer: await book.opening(org, 'Order', offer.id) },
      members: [member],
      plan: moves ? planMove(parties, offer.receiverHost, network) : planValueCall(parties, network),
    };
  };

const ofOwnersFinancing =
  <N extends 'financing.acceptQuote' | 'financing.withdraw'>(): Assemble<N> =>
  async (call) => {
    const { parties, context } = await held(call, (await order(call, 'financing', call.body.order)).holding);
    return { context, members: [call.member], plan: planValueCall(parties, call.network) };
  };

/** The invitation of an order that this organisation holds as its bank's host or, for a quote's, as the owner's. */
async function invitationOf({ org, book }: Pick<Assembling<CallName>, 'org' | 'book'>, agreed: OrderOf<'financing'>) {
  const quote = await book.get(org, 'Quote', agreed.quote ?? '');
  return book.opening(org, 'Invitation', quote.invitation);
}

const ofInvitation =
  <N extends 'financing.quote' | 'financing.withdrawQuote' | 'financing.refuse'>(): Assemble<N> =>
  async (call) => {
    const { org, book, network, body, member } = call;
    const invitation = await book.get(org, 'Invitation', body.invitation);
    const { context } = await held(call, (await order(call, 'financing', invitation.order)).holding);
    return {
      context: { ...context, invitation: await book.opening(org, 'Invitation', invitation.id) },
      members: [member],
      plan: planFixedCall([invitation.ownerHost, invitation.bankHost], network),
    };
  };

const ofAgreement =
  <N extends 'financing.approve' | 'financing.sign'>(): Assemble<N> =>
  async (call) => {
    const { org, book, network, body, member } = call;
    const agreed = await order(call, 'financing', body.order);
    const { context, record } = await held(call, agreed.holding);
    await book.requireProven(org, record);
    return {
      context: {
        ...context,
        invitation: await invitationOf(call, agreed),
        quote: await book.opening(org, 'Quote', agreed.quote ?? ''),
      },
      members: [member],
      plan: planFixedCall([agreed.ownerHost, agreed.bankHost ?? ''], network),
    };
  };

const ofSettlement =
  <N extends 'settlement.prepare' | 'settlement.close'>(): Assemble<N> =>
  async ({ org, book, network, body, member }) => {
    const record = await book.get(org, 'Certificate', body.certificate);
    return {
      context: { certificate: await book.opening(org, 'Certificate', body.certificate) },
      members: [member],
      plan: planPayment(partiesOf(record, record.public.host), network),
    };
  };

const ofOneOrganisation =
  <N extends 'certificate.reportOverdue' | 'network.flag' | 'instruction.voidInstruction'>(): Assemble<N> =>
  async ({ org, network, member }) => ({ context: {}, members: [member], plan: planPublicCall([org], network) });

/** A change of a member's record: the record with its place, so that the roster's root can be moved on. */
async function ofRoster(
  { org, book, network, member }: Assembling<CallName>,
  subject: string,
  host?: string,
): Promise<Assembly> {
  const genesis = await book.get(org, 'Genesis');
  const record = host === undefined ? await book.get(org, 'Member', subject) : null;
  const where = host ?? record?.host ?? '';
  const roster = new HostRoster(where, await book.within(org, 'Member', where));
  const index = record?.index ?? roster.state.size;
  return {
    context: { record, proof: roster.proofAt(index) },
    members: [member],
    plan: planPublicCall([genesis.operatorMsp, where], network),
  };
}

/**
 * How each call is put together; `certificate.issueMany` is apart, for it goes out in batches. Rows are those of the table in
 * `ledger.md` §3.2.
 */
export const ASSEMBLIES: {
  [N in Exclude<CallName, 'certificate.issueMany' | 'financing.receipt' | 'financing.fail'>]: Assemble<N>;
} = {
  'network.moveClock': async ({ org, book, network, member }) => {
    const { operatorMsp } = await book.get(org, 'Genesis');
    return { context: {}, members: [member], plan: planPublicCall([operatorMsp], network) };
  },
  'network.publishRulePack': async ({ network, member }) => ({
    context: {},
    members: [member],
    plan: planEveryone(network),
  }),
  'network.flag': ofOneOrganisation(),
  'member.admit': (call) => ofRoster(call, call.body.record.id, call.body.record.host),
  'member.addKey': (call) => ofRoster(call, call.member),
  'member.revokeKey': (call) => ofRoster(call, call.body.member),
  'member.setStatus': (call) => ofRoster(call, call.body.member),
  'member.setSoloLimit': (call) => ofRoster(call, call.member),
  'line.grant': async ({ org, network, body, secret, member }) => ({
    context: {},
    members: [member, secret.terms.issuer],
    plan: planFixedCall([org, body.issuerOrg], network),
  }),
  'line.change': async ({ org, book, network, body, member }) => {
    const record = await book.get(org, 'Line', body.line);
    const context = { line: await book.opening(org, 'Line', body.line) };
    return { context, members: [member], plan: planFixedCall([record.witness, record.issuerOrg], network) };
  },
  'line.release': async ({ org, book, network, body, member }) => {
    const record = await book.get(org, 'Line', body.line);
    const certificates = [];
    for (const id of body.certificates) {
      certificates.push({ opening: await book.opening(org, 'Certificate', id), releasedSalt: salt() });
    }
    return {
      context: { line: await book.opening(org, 'Line', body.line), usedSalt: salt(), certificates },
      members: [member],
      plan: planFixedCall([record.witness, record.issuerOrg], network),
    };
  },
  'certificate.accept': ofCertificate(),
  'certificate.decline': ofCertificate(),
  'certificate.withdraw': ofCertificate(),
  'certificate.reportOverdue': ofOneOrganisation(),
  'transfer.offer': async (call) => {
    const { parties, context } = await held(call, call.body.holding);
    const receivers = call.secret.offers.map(({ receiver }) => receiver);
    return { context, members: [call.member, ...receivers], plan: planValueCall(parties, call.network) };
  },
  'transfer.accept': ofTransfer(true),
  'transfer.decline': ofTransfer(false),
  'transfer.withdraw': ofTransfer(false),
  'financing.apply': async (call) => {
    const { parties, context } = await held(call, call.body.holding);
    return { context, members: [call.member], plan: planValueCall(parties, call.network) };
  },
  'financing.invite': async (call) => {
    const applied = await order(call, 'financing', call.body.order);
    const { context, record } = await held(call, applied.holding);
    return {
      context: { ...context, behind: await call.book.behind(call.org, record) },
      members: [call.member, call.secret.bank],
      plan: planFixedCall([applied.ownerHost, call.body.bankHost], call.network),
    };
  },
  'financing.quote': ofInvitation(),
  'financing.withdrawQuote': ofInvitation(),
  'financing.refuse': ofInvitation(),
  'financing.acceptQuote': ofOwnersFinancing(),
  'financing.withdraw': ofOwnersFinancing(),
  'financing.approve': ofAgreement(),
  'financing.sign': ofAgreement(),
  'financing.disburse': async (call) => {
    const agreed = await order(call, 'financing', call.body.order);
    const { parties, context, record } = await held(call, agreed.holding);
    await call.book.requireProven(call.org, record);
    const { bankSalt } = await invitationOf(call, agreed);
    const { receipt } = call.companions;
    return {
      context: { ...context, bankSalt },
      members: [call.member, ...(receipt === undefined ? [] : [receipt.instruction.member])],
      plan: planMove(parties, agreed.bankHost ?? '', call.network),
      ...(receipt !== undefined && { companion: receipt }),
    };
  },
  'financing.reject': async (call) => {
    const agreed = await order(call, 'financing', call.body.order);
    const { parties, context } = await held(call, agreed.holding);
    const { bankSalt } = await invitationOf(call, agreed);
    return { context: { ...context, bankSalt }, members: [call.member], plan: planValueCall(parties, call.network) };
  },
  'instruction.voidInstruction': ofOneOrganisation(),
  'settlement.prepare': ofSettlement(),
  'settlement.funds': async (call) => {
    const { org, book, network, body, member } = call;
    const record = await book.get(org, 'Certificate', body.certificate);
    const context = {
      certificate: await book.opening(org, 'Certificate', body.certificate),
      settlement: await book.opening(org, 'Order', body.order),
    };
    return { context, members: [member], plan: planPayment(partiesOf(record, record.public.host), network) };
  },
  'settlement.allocate': async (call) => {
    const { org, book, network, body, member } = call;
    const record = await book.get(org, 'Certificate', body.certificate);
    const holdings = [];
    for (const id of body.holdings) {
      await book.requireProven(org, { id, certificate: body.certificate });
      holdings.push(await book.opening(org, 'Holding', id));
    }
    const context = {
      certificate: await book.opening(org, 'Certificate', body.certificate),
      settlement: await book.opening(org, 'Order', body.order),
      previous: body.page === 0 ? null : await book.opening(org, 'Page', body.order, String(body.page - 1)),
      holdings,
    };
    return { context, members: [member], plan: planPayment(partiesOf(record, record.public.host), network) };
  },
  'settlement.credited': async (call) => {
    const { certificate } = await order(call, 'settlement', call.body.order);
    const record = await call.book.get(call.org, 'Certificate', certificate);
    const { endorsers } = planPayment(partiesOf(record, record.public.host), call.network);
    return { context: {}, members: [call.member], plan: { endorsers, readers: [] } };
  },
  'settlement.close': ofSettlement(),
  'deposit.openings': async ({ org, network, body, member }) => {
    // The receiver keeps the copy, so it must answer; a bank beside it, the giver for preference.
    const { endorsers } = planFixedCall([body.to, org], network);
    return { context: {}, members: [member], plan: { endorsers, readers: [body.to] } };
  },
};

/** Parses what was signed and puts its call together. @throws RefusedError; EndorsersUnavailable */
export function assemble(
  row: Pick<SubmissionRow, 'org' | 'call' | 'signed' | 'companions'>,
  book: Book,
  network: NetworkView,
): Promise<Assembly> {
  const name = row.call as keyof typeof ASSEMBLIES;
  const schema = CALLS[name];
  const { instruction, secret } = row.signed;
  const call = {
    org: row.org,
    book,
    network,
    signed: row.signed,
    body: schema.body.parse(instruction.body),
    secret: schema.secret === null || secret === null ? null : schema.secret.parse(secret.value),
    member: instruction.member,
    companions: row.companions,
  };
  // The table pairs each name with its own body and secret; TypeScript cannot follow that through a look-up.
  return (ASSEMBLIES[name] as Assemble<CallName>)(call as unknown as Assembling<CallName>);
}
