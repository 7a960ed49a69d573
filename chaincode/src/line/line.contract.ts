import { commitAmount } from '@tallystick/crypto';
import { decideLineEnd, decideRelease, parseFen, releasableFen } from '@tallystick/domain';
import {
  grantLineOpenings,
  changeLineOpenings,
  LineContext,
  noOpenings,
  ReleaseLineContext,
  verifyCertificateOpening,
  verifyLineOpening,
  type CertificateOpening,
  type LineRecord,
  type Openings,
} from '@tallystick/protocol';
import type { Context } from 'fabric-contract-api';
import type { z } from 'zod';
import type { Call, CallSpec } from '../authorisation/call';
import type { WallClock } from '../authorisation/time';
import { certificateView } from '../certificate/certificate-view';
import type { Effects } from '../contract/finish';
import { LedgerContract } from '../contract/ledger-contract';
import { NoContext } from '../contract/no-context';
import { allowed, provenOpening, Refused } from '../refusal/refused';
import { allOfPolicy } from '../state/key-policy';
import { requireIndependent } from './independence';

type Change = z.infer<typeof LineContext>;
type Release = z.infer<typeof ReleaseLineContext>;

const GRANT: CallSpec<'line.grant', NoContext> = {
  call: 'line.grant',
  context: NoContext,
  authority: 'makerChecker',
  kinds: ['BANK'],
};
const CHANGE: CallSpec<'line.change', Change> = {
  call: 'line.change',
  context: LineContext,
  authority: 'makerChecker',
  kinds: ['BANK'],
};
const RELEASE: CallSpec<'line.release', Release> = {
  call: 'line.release',
  context: ReleaseLineContext,
  authority: 'service',
};

/** Credit lines of banks for issuers: how much an issuer may owe under a bank's witness. */
export class LineContract extends LedgerContract {
  constructor(wallClock: WallClock) {
    super('line', wallClock);
  }

  /** A bank grants a line. */
  grant(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, GRANT, grant);
  }

  /** The bank changes limit and end; what is used may stay above the limit. */
  change(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, CHANGE, change);
  }

  /** The issuer gives back what its certificates no longer owe. */
  release(ctx: Context, argument: string): Promise<string> {
    return this.execute(ctx, argument, RELEASE, release);
  }
}

/** Openings of a line go to its bank and its issuer. */
function toBoth({ witness, issuerOrg }: LineRecord, openings: Partial<Openings>): Record<string, Openings> {
  const both = { ...noOpenings(), ...openings };
  return { [witness]: both, [issuerOrg]: both };
}

async function grant(call: Call<'line.grant', NoContext>): Promise<Effects> {
  const { state, genesis, member, body, secret, signed, now } = call;
  const { line: id, issuerOrg, standIn, until, limit, used, terms } = body;
  const record: LineRecord = { schema: 1, id, witness: member.host, standIn, issuerOrg, until, limit, used, terms };
  if (id !== call.newId(0)) throw new Refused('BAD_INPUT', { field: 'line' });
  const { lines } = grantLineOpenings(signed);
  provenOpening(
    lines.every((opening) => verifyLineOpening(record, opening)),
    'Line',
    id,
  );
  if (secret.terms.bank !== member.id) throw new Refused('LINE_NOT_OWN');
  const issuer = call.activeMember(secret.terms.issuer);
  if (!issuer.kinds.includes('CORE')) throw new Refused('MEMBER_KIND', { memberId: issuer.id, neededKind: 'CORE' });
  if (issuer.host !== issuerOrg) throw new Refused('BAD_INPUT', { field: 'issuerOrg' });
  requireIndependent(genesis, issuer, record);
  allowed(decideLineEnd(until, now));
  await state.create('Line', [id], record, allOfPolicy(genesis, record.witness, issuerOrg));
  return { ids: [id], openings: toBoth(record, { lines }) };
}

async function change(call: Call<'line.change', Change>): Promise<Effects> {
  const { state, member, body, context, signed, now } = call;
  const before = await state.get('Line', body.line);
  const record: LineRecord = { ...before, until: body.until, limit: body.limit };
  const { lines } = changeLineOpenings(signed, context.line);
  provenOpening(
    lines.every((opening) => verifyLineOpening(record, opening)),
    'Line',
    before.id,
  );
  if (context.line.terms.bank !== member.id) throw new Refused('LINE_NOT_OWN');
  allowed(decideLineEnd(body.until, now));
  await state.update('Line', [record.id], record);
  return { ids: [record.id], openings: toBoth(record, { lines }) };
}

async function release(call: Call<'line.release', Release>): Promise<Effects> {
  const { state, member, body, context } = call;
  const line = await state.get('Line', body.line);
  provenOpening(verifyLineOpening(line, context.line), 'Line', line.id);
  if (context.line.terms.issuer !== member.id) throw new Refused('LINE_NOT_OWN');
  if (new Set(body.certificates).size !== body.certificates.length) {
    throw new Refused('BAD_INPUT', { field: 'certificates' });
  }
  if (body.certificates.length !== context.certificates.length) {
    throw new Refused('BAD_INPUT', { field: 'context.certificates' });
  }
  const certificates: CertificateOpening[] = [];
  const releasesFen: bigint[] = [];
  for (const [index, id] of body.certificates.entries()) {
    const given = context.certificates[index];
    if (given === undefined) throw new Refused('BAD_INPUT', { field: 'context.certificates' });
    const released = await releaseOne(call, id, given);
    releasesFen.push(released.fen);
    certificates.push(released.opening);
  }
  const usedFen = allowed(decideRelease({ usedFen: parseFen(context.line.usedFen) }, releasesFen));
  const used = commitAmount({ recordId: line.id, label: 'used', fen: usedFen, salt: context.usedSalt });
  await state.update('Line', [line.id], { ...line, used });
  const lines = [{ ...context.line, usedFen: String(usedFen), usedSalt: context.usedSalt }];
  return { ids: body.certificates, openings: toBoth(line, { lines, certificates }) };
}

/** What one certificate gives back, and its opening afterwards; nothing is written when there is nothing to give. */
async function releaseOne(
  { state, body, now }: Call<'line.release', Release>,
  id: string,
  { opening, releasedSalt: salt }: Release['certificates'][number],
): Promise<{ fen: bigint; opening: CertificateOpening }> {
  const record = await state.get('Certificate', id);
  if (record.public.line !== body.line) throw new Refused('BAD_INPUT', { field: 'certificates', id });
  provenOpening(verifyCertificateOpening(record, opening), 'Certificate', id);
  const releasedFen = parseFen(opening.released?.fen ?? '0');
  const amounts = {
    faceFen: parseFen(opening.terms.faceFen),
    paidFen: parseFen(opening.paid?.fen ?? '0'),
    releasedFen,
  };
  const fen = releasableFen(certificateView(record), amounts, now);
  if (fen === 0n) return { fen, opening };
  const total = releasedFen + fen;
  const released = commitAmount({ recordId: id, label: 'released', fen: total, salt });
  await state.update('Certificate', [id], { ...record, released });
  return { fen, opening: { ...opening, released: { fen: String(total), salt } } };
}
