import type { OwedView } from '@tallystick/domain';
import {
  verifySettlementOpening,
  type CertificateOpening,
  type CertificateRecord,
  type MemberRecord,
  type Openings,
  type SettlementOpening,
  type SettlementOrder,
} from '@tallystick/protocol';
import { openTo, partiesOf } from '../holding/proven-holding';
import { provenOpening, Refused } from '../refusal/refused';
import type { State } from '../state/state';

/**
 * Only the certificate's witness pays it out. Which bank of that host granted the line is private; its host is not.
 * @throws Refused NOT_PAYING_BANK
 */
export function requirePayingBank(member: MemberRecord, { public: promise }: CertificateRecord): void {
  if (member.host !== promise.witness) throw new Refused('NOT_PAYING_BANK');
}

/**
 * The settlement `id` of this certificate.
 * @throws Refused RECORD_NOT_FOUND, also for a settlement of another certificate
 */
export async function settlementOf(
  state: State,
  id: string,
  { public: promise }: CertificateRecord,
): Promise<SettlementOrder> {
  const order = await state.order('settlement', id);
  if (order.certificate !== promise.id) throw new Refused('RECORD_NOT_FOUND', { record: 'Order', id });
  return order;
}

/** Throws OPENING_MISMATCH unless the opening is of this settlement. */
export function provenSettlement(order: SettlementOrder, opening: SettlementOpening): void {
  provenOpening(verifySettlementOpening(order, opening), 'Order', order.id);
}

/** What is owed on a certificate, in fen, from its proven opening. */
export function owedView({ public: promise, lateFrom }: CertificateRecord, opening: CertificateOpening): OwedView {
  const { terms, paid, carried } = opening;
  return {
    faceFen: BigInt(terms.faceFen),
    paidFen: BigInt(paid?.fen ?? '0'),
    dueDate: promise.dueDate,
    latePpmPerDay: terms.latePpmPerDay,
    lateFrom,
    carriedFen: BigInt(carried?.fen ?? '0'),
  };
}

/** Settlements are read by issuer and witness; the holders' hosts get their shares by `deposit.openings`. */
export function openToPayers(certificate: CertificateRecord, openings: Partial<Openings>): Record<string, Openings> {
  return openTo(partiesOf(certificate, certificate.public.witness), openings);
}
