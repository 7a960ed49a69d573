import { commitAmount, fingerprintKeyCommit } from '@tallystick/crypto';
import { decideBatch, decideDraw, decideIssue, isBlockedFromIssuing, parseFen } from '@tallystick/domain';
import {
  type IssueContext,
  issueOpenings,
  noOpenings,
  verifyCertificateOpening,
  verifyLineOpening,
  type CertificateOpening,
  type CertificatePublic,
  type CertificateRecord,
  type LineRecord,
  type MemberRecord,
  type Openings,
  type SecretOf,
  type UndertakingSignature,
} from '@tallystick/protocol';
import type { z } from 'zod';
import type { Act, Call } from '../authorisation/call';
import type { Effects } from '../contract/finish';
import { partiesOf } from '../holding/proven-holding';
import { allowed, provenOpening, Refused } from '../refusal/refused';
import { valuePolicy } from '../state/key-policy';
import { Occupancies } from './occupancies';
import { verifiedUndertakings } from './undertakings';

export type IssueCall = Call<'certificate.issueMany', z.infer<typeof IssueContext>>;

/** One certificate of the request, with everything said about it. */
interface Item {
  act: Act<'certificate.issueMany'>;
  /** Place among the certificates of its own instruction. */
  place: number;
  public: CertificatePublic;
  opening: CertificateOpening;
  salts: SecretOf<'certificate.issueMany'>['certificates'][number]['invoices'];
  undertakings: readonly UndertakingSignature[];
}

const MAX_ORIGIN = 1n << 48n;

/**
 * Issues certificates under one line to creditors of one host, all or nothing; a refusal names the certificate's index in the
 * request.
 * @throws Refused what the domain's `decideIssue`, `decideDraw` and `decideOccupy` refuse; OPENING_MISMATCH; BAD_INPUT
 */
export async function issueMany(call: IssueCall): Promise<Effects> {
  const { state, context, rules, now } = call;
  const items = itemsOf(call);
  allowed(decideBatch(items.length, rules));
  const line = await state.get('Line', items[0]?.public.line ?? '');
  provenOpening(verifyLineOpening(line, context.line), 'Line', line.id);
  // The same key for everyone, or a known invoice would get a second fingerprint.
  provenOpening(fingerprintKeyCommit(context.fingerprintKey) === rules.fingerprintKeyCommit, 'fingerprintKey');
  const issuerOverdue = await isIssuerOverdue(call);
  const occupancies = new Occupancies(state, call.genesis, context, now);
  const records: CertificateRecord[] = [];
  for (const [index, item] of items.entries()) {
    await atIndex(index, async () => {
      records.push(issueOne(call, line, item, issuerOverdue));
      await occupancies.occupy(item.public, item.opening.terms.invoices, item.salts);
    });
  }
  const faces = items.map(({ opening }) => parseFen(opening.terms.faceFen));
  const { limitFen, usedFen, terms } = context.line;
  const view = { issuer: terms.issuer, limitFen: parseFen(limitFen), usedFen: parseFen(usedFen), until: line.until };
  const drawnFen = allowed(decideDraw(view, call.member.id, faces, now));

  const used = commitAmount({ recordId: line.id, label: 'used', fen: drawnFen, salt: context.usedSalt });
  await state.update('Line', [line.id], { ...line, used });
  for (const record of records) {
    const { id, host } = record.public;
    await state.create('Certificate', [id], record, valuePolicy(partiesOf(record, host)));
  }
  const opened = {
    certificates: items.map(({ opening }) => opening),
    lines: [{ ...context.line, usedFen: String(drawnFen), usedSalt: context.usedSalt }],
    occupancies: await occupancies.write(line.issuerOrg),
  };
  return {
    ids: items.map((item) => item.public.id),
    openings: readersOfIssue(line, items[0]?.public.host ?? '', opened),
    amountsFen: call.acts.map((act) => sumFaces(items.filter((item) => item.act === act))),
  };
}

const sumFaces = (items: readonly Item[]): bigint =>
  items.reduce((sum, { opening }) => sum + parseFen(opening.terms.faceFen), 0n);

/** The creditors' host sees the certificates; line and invoices stay with issuer and bank. */
function readersOfIssue(
  { witness, issuerOrg }: LineRecord,
  host: string,
  opened: Pick<Openings, 'certificates' | 'lines' | 'occupancies'>,
): Record<string, Openings> {
  const all = { ...noOpenings(), ...opened };
  return { [host]: { ...noOpenings(), certificates: opened.certificates }, [issuerOrg]: all, [witness]: all };
}

function itemsOf(call: IssueCall): Item[] {
  const undertakings = call.context.undertakings;
  const items = call.acts.flatMap((act) => {
    const openings = act.body.certificates.length === act.secret.certificates.length ? issueOpenings(act.signed) : null;
    if (openings === null) throw new Refused('BAD_INPUT', { field: 'secret.certificates' });
    return openings.certificates.map((opening, place) => ({ act, place, opening }));
  });
  if (items.length !== undertakings.length) throw new Refused('BAD_INPUT', { field: 'context.undertakings' });
  return items.map(({ act, place, opening }, index) => {
    const publicPart = act.body.certificates[place];
    const secret = act.secret.certificates[place];
    const signatures = undertakings[index];
    if (publicPart === undefined || secret === undefined || signatures === undefined) {
      throw new Refused('BAD_INPUT', { field: 'certificates' });
    }
    return { act, place, public: publicPart, opening, salts: secret.invoices, undertakings: signatures };
  });
}

function issueOne(call: IssueCall, line: LineRecord, item: Item, issuerOverdue: boolean): CertificateRecord {
  const { rules, now, context } = call;
  const { member } = item.act;
  // One line has one issuer: whoever signs second draws on it no more than the first could.
  if (member.id !== call.member.id) throw new Refused('LINE_NOT_OWN');
  const { terms } = item.opening;
  const record: CertificateRecord = {
    schema: 1,
    public: item.public,
    undertakings: [...item.undertakings],
    status: 'offered',
    paid: null,
    released: null,
    paidInFull: false,
    lateFrom: null,
    carried: null,
    settling: null,
  };
  provenOpening(verifyCertificateOpening(record, item.opening), 'Certificate', item.public.id);
  const creditor = call.activeMember(terms.firstCreditor);
  if (!creditor.kinds.some((kind) => kind === 'SUPPLIER' || kind === 'CORE')) {
    throw new Refused('MEMBER_KIND', { memberId: creditor.id, neededKind: 'SUPPLIER' });
  }
  requirePublicPart(call, line, item, creditor);
  if (parseFen(terms.originFen) >= MAX_ORIGIN) throw new Refused('BAD_INPUT', { field: 'terms.originFen' });
  if (item.salts.length !== terms.invoices.length) throw new Refused('BAD_INPUT', { field: 'invoices' });
  const { riskSigned } = verifiedUndertakings(item, member, () => call.activeMember(context.line.terms.bank));
  const command = {
    issuer: member.id,
    creditor: creditor.id,
    faceFen: parseFen(terms.faceFen),
    issuedOn: item.public.issuedOn,
    dueDate: item.public.dueDate,
    acceptBy: item.public.acceptBy,
    longTenorReason: terms.longTenorReason,
    riskSigned,
    invoices: terms.invoices.map(({ amountFen, deliveredOn }) => ({ amountFen: parseFen(amountFen), deliveredOn })),
  };
  allowed(decideIssue(command, { now, rules, issuerOverdue }));
  return record;
}

/** The public promise says what the ledger knows: its issuer, line, organisations and rules. @throws Refused BAD_INPUT */
function requirePublicPart(
  call: IssueCall,
  line: LineRecord,
  { act, place, public: given }: Item,
  creditor: MemberRecord,
): void {
  const known: Partial<CertificatePublic> = {
    id: act.newId(place),
    issuer: act.member.id,
    issuerOrg: act.member.host,
    host: creditor.host,
    witness: line.witness,
    standIn: line.standIn,
    line: line.id,
    rulePack: call.rules.id,
  };
  for (const [field, value] of Object.entries(known)) {
    if (given[field as keyof CertificatePublic] !== value) throw new Refused('BAD_INPUT', { field: `public.${field}` });
  }
  if (given.host !== call.body.certificates[0]?.host) throw new Refused('BAD_INPUT', { field: 'public.host' });
}

/** Certificates on record as overdue block their issuer until they are paid in full (T37). */
async function isIssuerOverdue({ state, member }: IssueCall): Promise<boolean> {
  const standing = await state.find('Standing', member.id);
  const onRecord: CertificateRecord[] = [];
  for (const id of standing?.overdue ?? []) onRecord.push(await state.get('Certificate', id));
  return isBlockedFromIssuing(onRecord);
}

async function atIndex(index: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refused) throw new Refused(error.code, { ...error.details, index });
    throw error;
  }
}
