import {
  buildDeclineCertificate,
  buildGrantLine,
  buildReleaseLine,
  buildReportOverdue,
  buildWithdrawCertificate,
  grantLineOpenings,
  issueOpenings,
  planFixedCall,
  planPublicCall,
  planValueCall,
  type IssueContext,
} from '@tallystick/protocol';
import type { z } from 'zod';
import type { Firm } from '../testing/firm';
import { acceptCall, idOf, invoiceFor, issueCall, type IssueRequest } from '../testing/trade';
import { isDead, type Claim, type Invoice, type Line } from './book';
import { plusDays } from './days';
import { handFor } from './hands-at-random';
import { partiesOf, type Attempt, type Move, type World } from './world';

/** A Friday on which nobody works. */
const HOLIDAY = '2026-06-19';
const yuan = (amount: number): bigint => BigInt(amount) * 100n;

/** A bank grants a line to an issuer. */
export async function grant(world: World, bank: Firm, issuer: Firm, standIn: string, limit: bigint): Promise<Move> {
  const client = world.client();
  const until = '2026-12-31';
  const terms = { bank: bank.record.id, issuer: issuer.record.id, currency: 'CNY' as const };
  const issuerOrg = issuer.record.host;
  const unsigned = buildGrantLine({ ...client.authoring(bank), terms, issuerOrg, standIn, until, limitFen: limit });
  const signed = await client.sign(unsigned, bank);
  return {
    name: 'line.grant',
    sending: { contract: 'line', fn: 'grant', signed, members: [issuer] },
    plan: (network) => planFixedCall([bank.record.host, issuerOrg], network),
    foresee: () => null,
    happen: () => {
      const id = idOf(signed, 0);
      const [opening] = grantLineOpenings(unsigned).lines;
      if (opening === undefined) throw new Error('a grant opens its line');
      const occupancies = world.book.lines[0]?.book.occupancies ?? new Map();
      const book = { id, bank, issuer, opening, occupancies };
      world.book.lines.push({ id, bank, issuer, limit, used: 0n, until, standIn, book });
    },
  };
}

interface Wanted {
  creditor: Firm;
  face: bigint;
  due: string;
  invoice: Invoice;
  isNew: boolean;
}

/** Invoices of their own, or a part of one that was used before. */
function wanted({ dice, book, consortium, today, days }: World, creditor: Firm): Wanted {
  const face = yuan(10_000 + 1_000 * dice.below(90));
  const known = book.invoices.filter(({ seller }) => seller === creditor);
  const soon = days.rolled(plusDays(today, 10 + dice.below(60)));
  const due = dice.chance(4) ? HOLIDAY : dice.chance(4) ? today : soon;
  if (known.length > 0 && dice.chance(30)) return { creditor, face, due, invoice: dice.pick(known), isNew: false };
  const gross = face * BigInt(1 + dice.below(3));
  const { fingerprint, number } = invoiceFor(consortium, creditor, gross);
  return { creditor, face, due, isNew: true, invoice: { fingerprint, seller: creditor, number, gross, uses: [] } };
}

/** The issuer issues one to three certificates to creditors of one host. */
export async function issue(world: World): Promise<Move | null> {
  const { dice, book, firms } = world;
  const line = dice.pick(book.lines);
  const { issuer, bank } = line;
  const first = dice.prefer(firms, (firm) => firm !== issuer && !firm.record.kinds.includes('BANK'));
  if (first === null) return null;
  const creditors = firms.filter(
    ({ record }) => record.host === first.record.host && record.kinds.includes('SUPPLIER'),
  );
  const asked = [first, ...(dice.chance(25) && creditors.length > 0 ? [dice.pick(creditors)] : [])].map((creditor) =>
    wanted(world, creditor),
  );
  const hand = handFor(world, issuer, 'byAmount');
  const client = world.client(hand, issuer);
  const requests = asked.map(({ creditor, face, due, invoice }): IssueRequest => ({
    creditor,
    faceFen: face,
    dueDate: due,
    change: {
      standIn: line.standIn,
      invoices: [invoiceFor(client, creditor, invoice.gross, { number: invoice.number, amountFen: String(face) })],
    },
  }));
  const call = await issueCall(client, line.book, requests);
  const attempt: Attempt = {
    by: issuer,
    hand,
    need: 'byAmount',
    kinds: ['CORE'],
    amount: asked.reduce((sum, { face }) => sum + face, 0n),
  };
  const hosts = [line.bank.record.host, issuer.record.host, first.record.host];
  return {
    name: 'certificate.issueMany',
    sending: { ...call, members: [bank, ...asked.map(({ creditor }) => creditor)] },
    plan: (network) => planFixedCall(hosts, network),
    foresee: world.judged(attempt, () => issueFault(world, line, asked)),
    happen: async ({ applied }) => {
      const promises = (call.signed.instruction.body as { certificates: { acceptBy: string }[] }).certificates;
      const { usedSalt } = call.context as unknown as z.infer<typeof IssueContext>;
      const bundle = await world.consortium.bundle(issuer.record.host, applied[0] ?? '');
      for (const each of bundle.openings.occupancies) line.book.occupancies.set(each.fingerprint, each);
      for (const [index, opening] of issueOpenings(call.signed).certificates.entries()) {
        const one = asked[index];
        if (one === undefined) throw new Error('a certificate nobody asked for');
        line.used += one.face;
        const claim: Claim = {
          id: opening.certificate,
          line,
          issuer,
          creditor: one.creditor,
          face: one.face,
          due: one.due,
          acceptBy: promises[index]?.acceptBy ?? '',
          status: 'offered',
          paid: 0n,
          released: null,
          full: false,
          settling: null,
          lateFrom: null,
          carried: 0n,
          opening,
        };
        occupy(world, one.invoice, claim);
        book.claims.push(claim);
      }
      line.book.opening = { ...line.book.opening, usedFen: String(line.used), usedSalt };
    },
  };
}

const livingUses = ({ now }: World, { uses }: Invoice): Invoice['uses'] =>
  uses.filter(({ claim }) => !isDead(claim, now) || (claim.status === 'offered' && claim.released === null));

function occupy(world: World, invoice: Invoice, claim: Claim): void {
  invoice.uses = [...livingUses(world, invoice), { claim, amount: claim.face }];
  if (!world.book.invoices.includes(invoice)) world.book.invoices.push(invoice);
}

function issueFault(world: World, { issuer, limit, used }: Line, asked: readonly Wanted[]): string | null {
  const { book, days, today } = world;
  const isBlocked = (book.overdue.get(issuer) ?? []).some(({ full }) => !full);
  const within = new Map<Invoice, bigint>();
  for (const { creditor, face, due, invoice } of asked) {
    if (book.suspended.has(creditor)) return 'MEMBER_SUSPENDED';
    if (!creditor.record.kinds.some((kind) => kind === 'SUPPLIER' || kind === 'CORE')) return 'MEMBER_KIND';
    if (isBlocked) return 'ISSUER_OVERDUE';
    if (creditor === issuer) return 'RECEIVER_IS_ISSUER';
    if (due <= today) return 'DUE_DATE_PAST';
    if (!days.isWorked(due)) return 'DUE_DATE_NOT_BUSINESS_DAY';
    const taken = livingUses(world, invoice).reduce((sum, use) => sum + use.amount, within.get(invoice) ?? 0n);
    if (taken >= invoice.gross) return 'INVOICE_OCCUPIED';
    if (taken + face > invoice.gross) return 'INVOICE_OVERCLAIMED';
    within.set(invoice, (within.get(invoice) ?? 0n) + face);
  }
  const faces = asked.reduce((sum, { face }) => sum + face, 0n);
  return used + faces > limit ? 'LINE_EXCEEDED' : null;
}

/** Why an offered certificate may not be answered any more. */
function offeredFault({ now }: World, { status, acceptBy }: Claim): string | null {
  if (status !== 'offered') return 'CERTIFICATE_STATE';
  return now >= acceptBy ? 'WINDOW_OVER' : null;
}

/** Accept, decline or withdraw: by whoever may, or by somebody else. */
export async function answerCertificate(world: World): Promise<Move | null> {
  const { dice, book, firms } = world;
  const claim = dice.prefer(book.claims, (each) => offeredFault(world, each) === null);
  if (claim === null) return null;
  const fn = dice.weighted({ accept: 8, decline: 1, withdraw: 1 });
  const entitled = fn === 'withdraw' ? claim.issuer : claim.creditor;
  const by = dice.chance(88) ? entitled : dice.pick(firms);
  const need = fn === 'decline' ? 'onePerson' : 'byAmount';
  const hand = handFor(world, by, need);
  const attempt: Attempt = { by, hand, need, amount: claim.face };
  const client = world.client(hand, by);
  const plan: Move['plan'] = (network) => planValueCall(partiesOf(claim, claim.creditor.record.host), network);
  const foresee = world.judged(attempt, () => {
    if (by !== entitled) return fn === 'withdraw' ? 'NOT_ISSUER' : 'NOT_RECEIVER';
    // Its line was given back: it lapsed.
    return offeredFault(world, claim) ?? (fn === 'accept' && claim.released !== null ? 'WINDOW_OVER' : null);
  });
  if (fn === 'accept') {
    const { holding, ...call } = await acceptCall(client, claim.opening, by);
    return {
      name: 'certificate.accept',
      sending: call,
      plan,
      foresee,
      happen: () => {
        claim.status = 'active';
        const [lo, hi] = [BigInt(holding.lo), BigInt(holding.hi)];
        const fresh = { depth: 0, status: 'live' as const, lock: null, paid: 0n };
        book.parts.push({ id: holding.holding, claim, owner: by, lo, hi, ...fresh, opening: holding });
      },
    };
  }
  const input = { ...client.authoring(by), certificate: claim.id };
  const signed =
    fn === 'decline'
      ? await client.sign(buildDeclineCertificate({ ...input, reason: '货不对' }), by, 'maker')
      : await client.sign(buildWithdrawCertificate(input), by);
  return {
    name: `certificate.${fn}`,
    sending: { contract: 'certificate', fn, signed, context: { certificate: claim.opening } },
    plan,
    foresee,
    happen: () => {
      claim.status = fn === 'decline' ? 'declined' : 'withdrawn';
    },
  };
}

/** What a certificate gives back to its line now. */
export const releasable = (claim: Claim, now: string): bigint =>
  (isDead(claim, now) ? claim.face : claim.paid) - (claim.released ?? 0n);

/** The issuer's service gives back what certificates no longer owe. */
export async function release(world: World, from?: Line): Promise<Move | null> {
  const { dice, book, firms } = world;
  const line = from ?? dice.pick(book.lines);
  const claims = book.claims.filter((claim) => claim.line === line && releasable(claim, world.now) > 0n).slice(0, 8);
  if (claims.length === 0) return null;
  const by = from !== undefined || dice.chance(92) ? line.issuer : dice.pick(firms);
  const hand = from !== undefined ? 'right' : handFor(world, by, 'service');
  const client = world.client(hand, by);
  const ids = claims.map(({ id }) => id);
  const signed = await client.sign(
    buildReleaseLine({ ...client.authoring(by), line: line.id, certificates: ids }),
    by,
    'service',
  );
  const usedSalt = client.random(16);
  const given = claims.map((claim) => ({ claim, opening: claim.opening, releasedSalt: client.random(16) }));
  const certificates = given.map(({ opening, releasedSalt }) => ({ opening, releasedSalt }));
  const context = { line: line.book.opening, usedSalt, certificates };
  return {
    name: 'line.release',
    sending: { contract: 'line', fn: 'release', signed, context },
    plan: (network) => planFixedCall([line.bank.record.host, line.issuer.record.host], network),
    foresee: world.judged({ by, hand, need: 'service' }, () => (by === line.issuer ? null : 'LINE_NOT_OWN')),
    happen: () => {
      for (const { claim, releasedSalt: salt } of given) {
        const freed = releasable(claim, world.now);
        line.used -= freed;
        claim.released = (claim.released ?? 0n) + freed;
        claim.opening = { ...claim.opening, released: { fen: String(claim.released), salt } };
      }
      line.book.opening = { ...line.book.opening, usedFen: String(line.used), usedSalt };
    },
  };
}

export const isOverdue = (world: World, { status, full, due }: Claim): boolean =>
  status === 'active' && !full && world.now >= world.days.cutOff(due);

/** Anyone puts an overdue certificate on record. */
export async function reportOverdue(world: World): Promise<Move | null> {
  const { dice, book, firms } = world;
  const claim = dice.prefer(book.claims, (each) => isOverdue(world, each));
  if (claim === null) return null;
  const by = dice.pick(firms);
  const hand = handFor(world, by, 'anyKey');
  const client = world.client(hand, by);
  const signed = await client.sign(
    buildReportOverdue({ ...client.authoring(by), certificate: claim.id }),
    by,
    'service',
  );
  const present = (): Claim[] => book.overdue.get(claim.issuer) ?? [];
  return {
    name: 'certificate.reportOverdue',
    sending: { contract: 'certificate', fn: 'reportOverdue', signed },
    plan: (network) => planPublicCall([by.record.host], network),
    foresee: world.judged({ by, hand, need: 'anyKey' }, () => {
      if (!isOverdue(world, claim)) return 'NOT_OVERDUE';
      return present().includes(claim) ? 'RECORD_EXISTS' : null;
    }),
    happen: () => {
      book.overdue.set(
        claim.issuer,
        [...present(), claim].filter(({ full }) => !full),
      );
    },
  };
}
