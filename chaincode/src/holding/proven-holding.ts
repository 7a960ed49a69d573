import type { HoldingContext as MoveContext, HoldingView, RulePack } from '@tallystick/domain';
import {
  noOpenings,
  readersOf,
  verifyHoldingOpening,
  type CertificateOpening,
  type CertificateRecord,
  type HoldingOpening,
  type HoldingRecord,
  type Openings,
  type Parties,
} from '@tallystick/protocol';
import { certificateView, provenCertificate } from '../certificate/certificate-view';
import { provenOpening } from '../refusal/refused';
import type { State } from '../state/state';
import { liveLock } from './live-lock';

/** What the calls that touch a holding have in common. */
export interface HoldingCall {
  state: State;
  now: string;
  rules: RulePack;
  certificate: CertificateRecord | null;
  context: { certificate: CertificateOpening; holding: HoldingOpening };
}

/** A holding and its certificate with their openings, proven against the ledger. */
export interface ProvenHolding {
  record: HoldingRecord;
  opening: HoldingOpening;
  certificate: CertificateRecord;
  parties: Parties;
  /** In clear values; its lock is the one that holds now. */
  view: HoldingView;
  /** What the rules of movement look at besides the holding. */
  context: MoveContext;
}

/**
 * The holding `id` of the call's certificate.
 * @throws Refused RECORD_NOT_FOUND; OPENING_MISMATCH when record and opening, or holding and certificate, do not belong together
 */
export async function provenHolding(call: HoldingCall, id: string): Promise<ProvenHolding> {
  const { state, now, rules, context } = call;
  const certificate = provenCertificate(call.certificate, context.certificate);
  const record = await state.get('Holding', id);
  const opening = context.holding;
  const belongs = record.certificate === certificate.public.id;
  provenOpening(belongs && verifyHoldingOpening(record, opening), 'Holding', id);
  return {
    record,
    opening,
    certificate,
    parties: partiesOf(certificate, record.host),
    view: {
      status: record.status,
      owner: opening.owner,
      depth: record.depth,
      lo: BigInt(opening.lo),
      hi: BigInt(opening.hi),
      paidFen: BigInt(opening.paid?.fen ?? '0'),
      lock: await liveLock(state, record, now),
    },
    context: {
      certificate: certificateView(certificate),
      faceFen: BigInt(context.certificate.terms.faceFen),
      now,
      rules,
    },
  };
}

/** The organisations that matter for a certificate's holding on `host`, or for an order of it. */
export function partiesOf({ public: promise }: CertificateRecord, host: string): Parties {
  return { host, issuerOrg: promise.issuerOrg, witness: promise.witness, standIn: promise.standIn };
}

/** Who may keep openings: the certificate's readers, and the stand-in where it fills in for one that is down. */
export function openTo(parties: Parties, openings: Partial<Openings>, also: string[] = []): Record<string, Openings> {
  const readers = [...readersOf(parties), parties.standIn, ...also];
  const same = { ...noOpenings(), ...openings };
  return Object.fromEntries(readers.map((msp) => [msp, same]));
}
