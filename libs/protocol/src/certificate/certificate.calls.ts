import { z } from 'zod';
import { Hash, Salt, Text } from '../wire/scalars';
import { LineOpening } from '../line/line.records';
import {
  CertificateOpening,
  CertificatePublic,
  CertificateTerms,
  OccupancyOpening,
  UndertakingSignature,
} from './certificate.records';

/**
 * `certificate.issueMany`: issuer MC. One request may hold several instructions of issuers under one line and one creditor host, together at
 * most 50 certificates: all or nothing, a refusal names the index (`details.index`, counted over the whole request). Certificate i of an
 * instruction has id deriveId(index i). The signed body does not name the line's new numbers, so that issues can wait in one queue.
 */
export const IssueBody = z.strictObject({ certificates: z.array(CertificatePublic).min(1).max(50) });
export const IssueSecret = z.strictObject({
  certificates: z
    .array(
      z.strictObject({
        terms: CertificateTerms,
        termsSalt: Salt,
        loSalt: Salt,
        hiSalt: Salt,
        /** One salt per invoice of the terms: `grossSalt` is used when the invoice is new to the ledger, `useSalt` for this use. */
        invoices: z
          .array(z.strictObject({ grossSalt: Salt, useSalt: Salt }))
          .min(1)
          .max(20),
      }),
    )
    .min(1)
    .max(50),
});
/** Unsigned context: the line's opening, the salt of its new `used`, openings of occupancies that exist, and the consortium's fingerprint key. */
export const IssueContext = z.strictObject({
  line: LineOpening,
  usedSalt: Salt,
  occupancies: z.array(OccupancyOpening).max(200),
  fingerprintKey: z.string().regex(/^[0-9a-f]{64}$/),
  /** Per certificate of the request, in order: the issuer's signatures over its public part (`undertakingBytes`), and the line bank's risk signature for a long tenor. They prove themselves; a checker's cannot stand in what the maker signed before. */
  undertakings: z.array(z.array(UndertakingSignature).min(1).max(3)).min(1).max(50),
});

/** `certificate.accept`: first creditor MC. `holding` = deriveId(index 0), owned by the creditor over the whole interval. */
export const AcceptCertificateBody = z.strictObject({ certificate: Hash, holding: Hash, owner: Hash });
export const AcceptCertificateSecret = z.strictObject({ ownerSalt: Salt });
export const CertificateContext = z.strictObject({ certificate: CertificateOpening });

/** `certificate.decline`: first creditor. `certificate.withdraw`: issuer MC. Context of both: `CertificateContext`. */
export const DeclineCertificateBody = z.strictObject({ certificate: Hash, reason: Text });
export const WithdrawCertificateBody = z.strictObject({ certificate: Hash });

/** `certificate.reportOverdue`: any member's key, service keys too; public data only, no context. */
export const ReportOverdueBody = z.strictObject({ certificate: Hash });
