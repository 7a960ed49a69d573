import { commitCut, commitOwner, hashTerms } from '@tallystick/crypto';
import type { Unsigned } from '../instruction/instruction.build';
import { open, same } from '../instruction/instruction.read';
import { nth } from '../wire/nth';
import { certificateInterval } from './certificate.verify';
import type { CertificateOpening } from './certificate.records';

/** What an issue says in clear, certificate by certificate. @throws InstructionMismatch when anything does not recompute */
export function readIssue(unsigned: Unsigned) {
  const { instruction, body, secret, id } = open('certificate.issueMany', unsigned);
  same('certificates', body.certificates.length, secret.certificates.length);
  const certificates = body.certificates.map((publicPart, index) => {
    const { terms, termsSalt, loSalt, hiSalt, invoices } = nth(secret.certificates, index);
    const at = `certificates.${index}`;
    const { lo, hi } = certificateInterval(terms);
    const certificateId = publicPart.id;
    same(`${at}.id`, publicPart.id, id(index));
    same(`${at}.issuer`, publicPart.issuer, instruction.member);
    same(`${at}.rulePack`, publicPart.rulePack, instruction.rulePack);
    same(`${at}.lo`, publicPart.lo, commitCut({ certificateId, position: lo, salt: loSalt }));
    same(`${at}.hi`, publicPart.hi, commitCut({ certificateId, position: hi, salt: hiSalt }));
    same(`${at}.terms`, publicPart.terms, hashTerms(termsSalt, terms));
    same(`${at}.invoices`, invoices.length, terms.invoices.length);
    return { public: publicPart, terms, faceFen: BigInt(terms.faceFen) };
  });
  return { member: instruction.member, certificates };
}

/** What accepting a certificate says in clear; `certificate` is its opening, proven against the record before. */
export function readAcceptCertificate(unsigned: Unsigned, certificate: CertificateOpening) {
  const { instruction, body, secret, id } = open('certificate.accept', unsigned);
  same('certificate', body.certificate, certificate.certificate);
  same('holding', body.holding, id(0));
  const memberId = instruction.member;
  same('owner', body.owner, commitOwner({ holdingId: body.holding, memberId, salt: secret.ownerSalt }));
  return {
    member: memberId,
    certificate: body.certificate,
    holding: body.holding,
    faceFen: BigInt(certificate.terms.faceFen),
  };
}
