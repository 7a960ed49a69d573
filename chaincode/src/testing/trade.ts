import { deriveId, fingerprint } from '@tallystick/crypto';
import { acceptanceDeadline } from '@tallystick/domain';
import {
  acceptCertificateOpenings,
  buildAcceptCertificate,
  buildGrantLine,
  buildIssue,
  buildUndertaking,
  grantLineOpenings,
  issueOpenings,
  type CertificateOpening,
  type HoldingOpening,
  type InvoiceUse,
  type IssueInput,
  type LineOpening,
  type OccupancyOpening,
  type SignedInstruction,
} from '@tallystick/protocol';
import { BANK_A, BANK_B, CORE, type Consortium, type SignedCall } from './consortium';
import { signatory, type Firm } from './firm';

/** What the issuer's side keeps of a line between issues. */
export interface LineBook {
  id: string;
  bank: Firm;
  issuer: Firm;
  opening: LineOpening;
  /** Openings of the invoices used under it, by fingerprint. */
  occupancies: Map<string, OccupancyOpening>;
}

export interface IssueRequest {
  creditor: Firm;
  faceFen: bigint;
  dueDate?: string;
  /** Parts of the certificate that a test wants otherwise. */
  change?: Partial<IssueInput>;
}

/** Bank A grants the core firm a line, with bank B as stand-in. */
export async function grantLine(
  consortium: Consortium,
  { limitFen = 1_000_000_000_00n, until = '2026-12-31' }: { limitFen?: bigint; until?: string } = {},
): Promise<LineBook> {
  const { bankA: bank, core: issuer } = consortium.firms;
  const unsigned = buildGrantLine({
    ...consortium.authoring(bank),
    terms: { bank: bank.record.id, issuer: issuer.record.id, currency: 'CNY' },
    issuerOrg: CORE,
    standIn: BANK_B,
    until,
    limitFen,
  });
  const signed = await consortium.sign(unsigned, bank);
  await consortium.submit({ contract: 'line', fn: 'grant', signed, members: [issuer], readers: [BANK_A, CORE] });
  const [opening] = grantLineOpenings(unsigned).lines;
  if (opening === undefined) throw new Error('a grant opens one line');
  return { id: opening.line, bank, issuer, opening, occupancies: new Map() };
}

/** An invoice of its own for an amount; delivered, claimed in full unless told otherwise. */
export function invoiceFor(
  consortium: Consortium,
  seller: Firm,
  fen: bigint,
  change: Partial<InvoiceUse> = {},
): InvoiceUse {
  const identity = {
    sellerUscc: change.sellerUscc ?? seller.record.id,
    number:
      change.number ??
      BigInt(`0x${consortium.random(8)}`)
        .toString()
        .padStart(20, '1'),
    date: change.date ?? '2026-02-20',
  };
  return {
    ...identity,
    fingerprint: fingerprint(consortium.fingerprintKey, identity),
    grossFen: String(fen),
    amountFen: String(fen),
    deliveredOn: '2026-02-25',
    ...change,
  };
}

/** The issue of some certificates under a line in one instruction, signed and ready to send. */
export async function issueCall(
  consortium: Consortium,
  line: LineBook,
  requests: IssueRequest[],
  random = consortium.random,
): Promise<SignedCall> {
  const { issuer, bank } = line;
  const issuedOn = businessToday(consortium);
  const certificates = requests.map(({ creditor, faceFen, dueDate = '2026-06-30', change = {} }): IssueInput => ({
    issuerOrg: issuer.record.host,
    host: creditor.record.host,
    witness: bank.record.host,
    standIn: BANK_B,
    line: line.id,
    issuedOn,
    dueDate,
    acceptBy: acceptanceDeadline(issuedOn, dueDate, consortium.rules),
    faceFen,
    firstCreditor: creditor.record.id,
    latePpmPerDay: 500,
    invoices: [invoiceFor(consortium, creditor, faceFen)],
    contractNo: 'HT-2026-001',
    note: '',
    longTenorReason: null,
    ...change,
  }));
  const unsigned = buildIssue({ ...consortium.authoring(issuer), random, certificates });
  const signed = await consortium.sign(unsigned, issuer);
  const publicParts = (signed.instruction.body as { certificates: Parameters<typeof buildUndertaking>[0][] })
    .certificates;
  const people = [signatory(issuer, 'maker'), signatory(issuer, 'checker')];
  const undertakings = await Promise.all(
    publicParts.map((part) =>
      Promise.all(people.map((one) => buildUndertaking(part, { ...one, role: one.role as 'maker' | 'checker' }))),
    ),
  );
  const fingerprints = certificates.flatMap(({ invoices }) => invoices.map((invoice) => invoice.fingerprint));
  const occupancies = [...line.occupancies.values()].filter((each) => fingerprints.includes(each.fingerprint));
  const context = {
    line: line.opening,
    usedSalt: consortium.random(16),
    occupancies,
    fingerprintKey: consortium.fingerprintKey,
    undertakings,
  };
  const members = [bank, ...requests.map(({ creditor }) => creditor)];
  const host = certificates[0]?.host ?? '';
  const readers = [...new Set([CORE, BANK_A, host])];
  return { contract: 'certificate', fn: 'issueMany', signed, members, readers, context };
}

/** Issues certificates and keeps the line's book. */
export async function issue(
  consortium: Consortium,
  line: LineBook,
  requests: IssueRequest[],
): Promise<CertificateOpening[]> {
  const call = await issueCall(consortium, line, requests);
  const outcome = await consortium.submit(call);
  const { openings } = await consortium.bundle(CORE, outcome.applied[0] ?? '');
  line.opening = openings.lines[0] ?? line.opening;
  for (const each of openings.occupancies) line.occupancies.set(each.fingerprint, each);
  return issueOpenings(call.signed).certificates;
}

/** The first creditor's acceptance, signed and ready to send. */
export async function acceptCall(
  consortium: Consortium,
  opening: CertificateOpening,
  creditor: Firm,
): Promise<SignedCall & { holding: HoldingOpening }> {
  const unsigned = buildAcceptCertificate({ ...consortium.authoring(creditor), certificate: opening.certificate });
  const signed = await consortium.sign(unsigned, creditor);
  const [holding] = acceptCertificateOpenings(unsigned, opening).holdings;
  if (holding === undefined) throw new Error('an acceptance opens one holding');
  const readers = [...new Set([creditor.record.host, CORE, BANK_A])];
  return { contract: 'certificate', fn: 'accept', signed, readers, context: { certificate: opening }, holding };
}

/** An accepted certificate with its first holding. */
export interface Active {
  certificate: CertificateOpening;
  holding: HoldingOpening;
  creditor: Firm;
}

/** Issues one certificate and has its creditor accept it. */
export async function activeCertificate(
  consortium: Consortium,
  line: LineBook,
  request: IssueRequest,
): Promise<Active> {
  const [certificate] = await issue(consortium, line, [request]);
  if (certificate === undefined) throw new Error('an issue opens its certificate');
  const { creditor } = request;
  const call = await acceptCall(consortium, certificate, creditor);
  await consortium.submit(call);
  return { certificate, holding: call.holding, creditor };
}

export function businessToday(consortium: Consortium): string {
  return new Date(Date.parse(consortium.now) + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** Id of the index-th record of a signed instruction. */
export const idOf = ({ instruction }: SignedInstruction, index: number): string =>
  deriveId({ member: instruction.member, instructionId: instruction.id, index });
