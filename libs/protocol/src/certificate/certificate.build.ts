import { commitCut, commitOwner, hashTerms, undertakingBytes, type SignatureRole } from '@tallystick/crypto';
import { newSalt } from '../holding/holding.build';
import type { HoldingOpening } from '../holding/holding.records';
import {
  compose,
  newId,
  type Authoring,
  type Random,
  type Signatory,
  type Unsigned,
} from '../instruction/instruction.build';
import { open } from '../instruction/instruction.read';
import { nth } from '../wire/nth';
import { certificateInterval } from './certificate.verify';
import type {
  CertificateOpening,
  CertificatePublic,
  CertificateTerms,
  InvoiceUse,
  UndertakingSignature,
} from './certificate.records';

/** One certificate to issue. Dates are business dates; `acceptBy` an instant. `faceFen` in fen. */
export interface IssueInput {
  issuerOrg: string;
  host: string;
  witness: string;
  standIn: string;
  line: string;
  issuedOn: string;
  dueDate: string;
  acceptBy: string;
  faceFen: bigint;
  firstCreditor: string;
  latePpmPerDay: number;
  /** Fingerprints are made with the consortium's key (`fingerprint` of the crypto library). */
  invoices: InvoiceUse[];
  contractNo: string;
  note: string;
  longTenorReason: string | null;
}

/** `certificate.issueMany`: 1 to 50 certificates of the author under one line and one creditor host. */
export function buildIssue(input: Authoring & { certificates: IssueInput[] }): Unsigned {
  const { author, random, certificates } = input;
  const made = certificates.map((one, index) => issueOne(one, newId(input, index), author, random));
  return compose(
    'certificate.issueMany',
    input,
    { certificates: made.map(({ publicPart }) => publicPart) },
    { certificates: made.map(({ secret }) => secret) },
  );
}

function issueOne(one: IssueInput, id: string, author: Authoring['author'], random: Random) {
  const terms: CertificateTerms = {
    faceFen: String(one.faceFen),
    // A private origin of 48 bits keeps positions from telling the amount.
    originFen: String(BigInt(`0x${random(6)}`)),
    firstCreditor: one.firstCreditor,
    latePpmPerDay: one.latePpmPerDay,
    invoices: one.invoices,
    contractNo: one.contractNo,
    note: one.note,
    longTenorReason: one.longTenorReason,
  };
  const secret = {
    terms,
    termsSalt: newSalt(random),
    loSalt: newSalt(random),
    hiSalt: newSalt(random),
    invoices: one.invoices.map(() => ({ grossSalt: newSalt(random), useSalt: newSalt(random) })),
  };
  const { issuerOrg, host, witness, standIn, line, issuedOn, dueDate, acceptBy } = one;
  const { lo, hi } = certificateInterval(terms);
  const publicPart: CertificatePublic = {
    id,
    issuer: author.member,
    issuerOrg,
    host,
    witness,
    standIn,
    line,
    currency: 'CNY',
    issuedOn,
    dueDate,
    acceptBy,
    rulePack: author.rulePack,
    lo: commitCut({ certificateId: id, position: lo, salt: secret.loSalt }),
    hi: commitCut({ certificateId: id, position: hi, salt: secret.hiSalt }),
    terms: hashTerms(secret.termsSalt, terms),
  };
  return { publicPart, secret };
}

/** A signature over a certificate's public promise; it travels in the request's context, in the certificates' order. */
export async function buildUndertaking(
  publicPart: CertificatePublic,
  { role, signer, keyId }: Signatory & { role: Exclude<SignatureRole, 'service'> },
): Promise<UndertakingSignature> {
  return { role, keyId, sig: await signer.sign(undertakingBytes(role, publicPart)) };
}

/** Openings of the certificates that an issue makes, in order. */
export function issueOpenings(signed: Unsigned): { certificates: CertificateOpening[] } {
  const { body, secret } = open('certificate.issueMany', signed);
  return {
    certificates: body.certificates.map(({ id }, index) => {
      const { terms, termsSalt, loSalt, hiSalt } = nth(secret.certificates, index);
      return { certificate: id, terms, termsSalt, loSalt, hiSalt, paid: null, released: null, carried: null };
    }),
  };
}

/** `certificate.accept`: the first holding, over the whole interval, becomes the author's. */
export function buildAcceptCertificate(input: Authoring & { certificate: string }): Unsigned {
  const holding = newId(input, 0);
  const ownerSalt = newSalt(input.random);
  const owner = commitOwner({ holdingId: holding, memberId: input.author.member, salt: ownerSalt });
  return compose('certificate.accept', input, { certificate: input.certificate, holding, owner }, { ownerSalt });
}

/** Opening of the first holding of a certificate. */
export function acceptCertificateOpenings(
  signed: Unsigned,
  certificate: CertificateOpening,
): { holdings: HoldingOpening[] } {
  const { instruction, body, secret } = open('certificate.accept', signed);
  const { lo, hi } = certificateInterval(certificate.terms);
  return {
    holdings: [
      {
        holding: body.holding,
        certificate: body.certificate,
        lo: String(lo),
        loSalt: certificate.loSalt,
        hi: String(hi),
        hiSalt: certificate.hiSalt,
        owner: instruction.member,
        ownerSalt: secret.ownerSalt,
        paid: null,
      },
    ],
  };
}

/** `certificate.decline`, by the first creditor. */
export const buildDeclineCertificate = (input: Authoring & { certificate: string; reason: string }): Unsigned =>
  compose('certificate.decline', input, { certificate: input.certificate, reason: input.reason }, null);

/** `certificate.withdraw`, by the issuer. */
export const buildWithdrawCertificate = (input: Authoring & { certificate: string }): Unsigned =>
  compose('certificate.withdraw', input, { certificate: input.certificate }, null);

/** `certificate.reportOverdue`, by anyone. */
export const buildReportOverdue = (input: Authoring & { certificate: string }): Unsigned =>
  compose('certificate.reportOverdue', input, { certificate: input.certificate }, null);
