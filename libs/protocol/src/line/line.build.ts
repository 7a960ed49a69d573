import { commitAmount, hashTerms } from '@tallystick/crypto';
import { newSalt } from '../holding/holding.build';
import { compose, newId, type Authoring, type Unsigned } from '../instruction/instruction.build';
import { open, same } from '../instruction/instruction.read';
import type { LineOpening, LineTerms } from './line.records';

/** `line.grant`: the author (a bank) grants `limitFen` to `terms.issuer` until a business date. */
export function buildGrantLine(
  input: Authoring & { terms: LineTerms; issuerOrg: string; standIn: string; until: string; limitFen: bigint },
): Unsigned {
  const { terms, issuerOrg, standIn, until, limitFen, random } = input;
  const line = newId(input, 0);
  const secret = {
    terms,
    termsSalt: newSalt(random),
    limitFen: String(limitFen),
    limitSalt: newSalt(random),
    usedSalt: newSalt(random),
  };
  return compose(
    'line.grant',
    input,
    {
      line,
      issuerOrg,
      standIn,
      until,
      limit: commitAmount({ recordId: line, label: 'limit', fen: limitFen, salt: secret.limitSalt }),
      used: commitAmount({ recordId: line, label: 'used', fen: 0n, salt: secret.usedSalt }),
      terms: hashTerms(secret.termsSalt, terms),
    },
    secret,
  );
}

/** Opening of the line that a grant makes. */
export function grantLineOpenings(signed: Unsigned): { lines: LineOpening[] } {
  const { body, secret } = open('line.grant', signed);
  const { terms, termsSalt, limitFen, limitSalt, usedSalt } = secret;
  return { lines: [{ line: body.line, terms, termsSalt, limitFen, limitSalt, usedFen: '0', usedSalt }] };
}

/** What a grant says in clear. @throws InstructionMismatch */
export function readGrantLine(unsigned: Unsigned) {
  const { instruction, body, secret, id } = open('line.grant', unsigned);
  const limitFen = BigInt(secret.limitFen);
  const recordId = body.line;
  same('line', body.line, id(0));
  same('limit', body.limit, commitAmount({ recordId, label: 'limit', fen: limitFen, salt: secret.limitSalt }));
  same('used', body.used, commitAmount({ recordId, label: 'used', fen: 0n, salt: secret.usedSalt }));
  same('terms', body.terms, hashTerms(secret.termsSalt, secret.terms));
  const { line, issuerOrg, standIn, until } = body;
  return { member: instruction.member, line, issuerOrg, standIn, until, terms: secret.terms, limitFen };
}

/** `line.change`: a new limit and a new last day. */
export function buildChangeLine(input: Authoring & { line: string; until: string; limitFen: bigint }): Unsigned {
  const { line, until, limitFen, random } = input;
  const limitSalt = newSalt(random);
  const limit = commitAmount({ recordId: line, label: 'limit', fen: limitFen, salt: limitSalt });
  return compose('line.change', input, { line, until, limit }, { limitFen: String(limitFen), limitSalt });
}

/** Opening of the line after a change. */
export function changeLineOpenings(signed: Unsigned, before: LineOpening): { lines: LineOpening[] } {
  const { limitFen, limitSalt } = open('line.change', signed).secret;
  return { lines: [{ ...before, limitFen, limitSalt }] };
}

/** What a change says in clear. @throws InstructionMismatch */
export function readChangeLine(unsigned: Unsigned) {
  const { instruction, body, secret } = open('line.change', unsigned);
  const limitFen = BigInt(secret.limitFen);
  const { line, until } = body;
  same('limit', body.limit, commitAmount({ recordId: line, label: 'limit', fen: limitFen, salt: secret.limitSalt }));
  return { member: instruction.member, line, until, limitFen };
}

/** `line.release`, by the issuer's service: what the certificates no longer need. */
export const buildReleaseLine = (input: Authoring & { line: string; certificates: string[] }): Unsigned =>
  compose('line.release', input, { line: input.line, certificates: input.certificates }, null);
