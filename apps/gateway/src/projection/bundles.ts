import { isDeepStrictEqual } from 'node:util';
import {
  verifyPaymentOpening,
  type Bundle,
  type CertificateOpening,
  type PaymentOpening,
  type RecordOf,
} from '@tallystick/protocol';
import type { Alarms } from './alarms';
import type { Batch } from './batch';
import type { Mirror } from './mirror';
import { claimsOf, opens, type Claim } from './openings';
import { asProven, madeBy, proveInstruction, undertakingSuffices, type Proven } from './proof';
import { refOf, type Ref } from './record-ref';
import type { Sights } from './sights';

interface Delivery {
  key: string;
  /** Null when it could not be read. */
  value: unknown;
  at: { block: bigint; tx: number };
  /** Keys of the instructions that made the records; none for a deposit, which only shows what others made. */
  own: readonly string[];
  /** It passed every check before. */
  clean: boolean;
}

interface Target {
  mirror: Mirror;
  batch: Batch;
  sights: Sights;
  alarms: Pick<Alarms, 'counterfeit' | 'untrue'>;
}

/**
 * Takes in the openings of one bundle: each must fit its record's commitments, and the instruction behind it must be the one
 * the ledger applied, signed by registered keys. What does not fit is left aside with an alarm. A bundle written by the
 * transaction whose own instruction is not genuine makes its records counterfeit; a bad copy of another's proves nothing.
 * @returns refs of what was opened
 */
export async function acceptBundle({ key, value, at, own, clean }: Delivery, target: Target): Promise<Ref[]> {
  const { mirror, alarms, batch, sights } = target;
  if (value === null) {
    alarms.untrue(mirror.org, key.replaceAll('\0', '/'), 'BUNDLE_UNREADABLE');
    return [];
  }
  const bundle = value as Bundle;
  const { proven, forged } = clean ? provenBefore(bundle) : await provenOf(bundle, own, target);
  const opened: Ref[] = [];
  for (const claim of claimsOf(bundle.openings)) {
    if (await isKnown(claim, mirror)) continue;
    if (!clean && !(await opens(claim, mirror))) {
      alarms.untrue(mirror.org, claim.ref, 'OPENING_MISMATCH');
      continue;
    }
    await accept(claim, { proven, forged, at, clean }, target);
    await sights.afterOpening(claim.ref, claim.type, claim.body);
    opened.push(claim.ref);
  }
  for (const payment of bundle.openings.payments) {
    const evidence = { proven, forged, at, clean };
    opened.push(...(await acceptPayment(payment, evidence, target)));
  }
  for (const each of proven) batch.addInstruction(each, shownWith(each, opened));
  return opened;
}

/**
 * The opened things with which an instruction is shown: those it names. A holder's act names the certificate too, but is no
 * business of its other holders, so only acts on the certificate itself are shown with it.
 */
function shownWith({ text, instruction }: Proven, opened: readonly Ref[]): Ref[] {
  return opened.filter((ref) => {
    const [type, id = '?'] = ref.split('/');
    return text.includes(id) && (type !== 'Certificate' || instruction.contract === 'certificate');
  });
}

/** Calls repeat the certificate's opening: what we hold already, of a record that did not change since, is not looked at again. */
async function isKnown({ ref, body }: Claim, mirror: Mirror): Promise<boolean> {
  const held = await mirror.opening(ref);
  const record = await mirror.byRef(ref);
  if (held?.proved !== true || record === null) return false;
  const unchanged = record.block < held.block || (record.block === held.block && record.tx <= held.tx);
  return unchanged && isDeepStrictEqual(held.body, body);
}

const provenBefore = ({ instructions }: Bundle): { proven: Proven[]; forged: boolean } => ({
  proven: instructions.map(asProven),
  forged: false,
});

async function provenOf(
  bundle: Bundle,
  own: readonly string[],
  { mirror, alarms }: Target,
): Promise<{ proven: Proven[]; forged: boolean }> {
  const proven: Proven[] = [];
  for (const signed of bundle.instructions) {
    const outcome = await proveInstruction(signed, mirror);
    if (typeof outcome === 'string')
      alarms.untrue(mirror.org, `${signed.instruction.member}/${signed.instruction.id}`, outcome);
    else proven.push(outcome);
  }
  return { proven, forged: own.some((key) => !proven.some((each) => each.key === key)) };
}

interface Evidence {
  proven: readonly Proven[];
  forged: boolean;
  at: { block: bigint; tx: number };
  clean: boolean;
}

async function accept(
  claim: Claim,
  { proven, forged, at, clean }: Evidence,
  { mirror, alarms }: Target,
): Promise<void> {
  const record = await mirror.byRef(claim.ref);
  if (record === null) return;
  const before = await mirror.opening(claim.ref);
  const proved = before?.proved === true || madeBy(record, proven) !== null;
  mirror.putOpening({ ref: claim.ref, type: claim.type, body: claim.body, proved, ...at });
  if (clean) return;
  const reason = forged && !proved ? 'INSTRUCTION_FORGED' : await unpromised(claim, record.record, mirror);
  if (reason === null || record.counterfeit !== null) return;
  mirror.put(claim.ref, record.type, record.record, { block: record.block, tx: record.tx }, reason);
  alarms.counterfeit(mirror.org, claim.ref, reason, '');
}

/** A payee's own line of a page, from whoever may show it. It has no record of its own: the page commits to it. */
async function acceptPayment(body: PaymentOpening, { proven, at, clean }: Evidence, target: Target): Promise<Ref[]> {
  const { mirror, alarms, sights } = target;
  const ref = refOf('Payment', body.order, String(body.page), body.holding);
  const before = await mirror.opening(ref);
  if (before?.proved === true && isDeepStrictEqual(before.body, body)) return [];
  const page = await mirror.record('Page', body.order, String(body.page));
  if (!clean && (page === null || !verifyPaymentOpening(page, body))) {
    alarms.untrue(mirror.org, ref, 'OPENING_MISMATCH');
    return [];
  }
  const isAllocated = proven.some(
    ({ text, instruction }) => instruction.fn === 'allocate' && text.includes(body.order),
  );
  mirror.putOpening({ ref, type: 'Payment', body, proved: before?.proved === true || isAllocated, ...at });
  await sights.afterRecord(refOf('Page', body.order, String(body.page)));
  return [ref];
}

/** The face is not public, so only a reader sees that one signature was too few for it. */
async function unpromised(claim: Claim, record: unknown, mirror: Mirror): Promise<string | null> {
  if (claim.type !== 'Certificate') return null;
  const certificate = record as RecordOf<'Certificate'>;
  const issuer = await mirror.record('Member', certificate.public.issuer);
  if (issuer === null || certificate.status !== 'offered') return null;
  const { terms } = claim.body as CertificateOpening;
  return undertakingSuffices(certificate, BigInt(terms.faceFen), BigInt(issuer.soloLimitFen))
    ? null
    : 'UNDERTAKING_INVALID';
}
