import { z } from 'zod';
import { FenString, Hash, IsoDate, Salt } from '../wire/scalars';
import { CertificateOpening } from '../certificate/certificate.records';
import { HoldingOpening } from '../holding/holding.records';
import { PageOpening, SettlementOpening } from './settlement.records';

/** `settlement.prepare`: issuer MC, from T-3 business days, also long after. `order` = deriveId(index 0). Context: `CertificateContext`. */
export const PrepareBody = z.strictObject({ certificate: Hash, order: Hash, amount: Hash });
export const PrepareSecret = z.strictObject({ amountFen: FenString, amountSalt: Salt });

/**
 * `settlement.funds`: the paying bank's (witness's) service key: money came in. Late interest to `paidOn` is met first, the rest is principal
 * (T19); more than is owed is refused. Locks the certificate until the last page. Context: `SettlementContext`.
 */
export const FundsBody = z.strictObject({
  order: Hash,
  certificate: Hash,
  principal: Hash,
  interest: Hash,
  outstanding: Hash,
  paid: Hash,
  carried: Hash.nullable(),
  full: z.boolean(),
  paidOn: IsoDate,
  reference: z.string().min(1).max(60),
});
export const FundsSecret = z.strictObject({
  receivedFen: FenString,
  principalSalt: Salt,
  interestSalt: Salt,
  outstandingSalt: Salt,
  paidSalt: Salt,
  carriedSalt: Salt.nullable(),
});
export const SettlementContext = z.strictObject({ certificate: CertificateOpening, settlement: SettlementOpening });

/**
 * `settlement.allocate`: the paying bank's service key; one page. The contract computes every payout by running totals from the openings
 * (context) and writes the commitments, whose salts come from `seed`: salt = hashParts('tallystick/page-salt/1', seed, label) with labels
 * `running`, and `paid:<holding>`, `payout:<holding>`, `interest:<holding>`.
 */
export const AllocateBody = z.strictObject({
  order: Hash,
  certificate: Hash,
  page: z.int().min(0).max(199),
  holdings: z.array(Hash).min(1).max(100),
});
export const AllocateSecret = z.strictObject({ seed: z.string().regex(/^[0-9a-f]{64}$/) });
export const AllocateContext = z.strictObject({
  certificate: CertificateOpening,
  settlement: SettlementOpening,
  previous: PageOpening.nullable(),
  holdings: z.array(HoldingOpening).min(1).max(100),
});

/** `settlement.credited`: the paying bank's service key: the bank's answer for lines of one page; a return may follow a credit. No context. */
export const CreditedBody = z.strictObject({
  order: Hash,
  page: z.int().min(0).max(199),
  results: z
    .array(
      z.strictObject({ holding: Hash, state: z.enum(['credited', 'returned']), reference: z.string().min(1).max(60) }),
    )
    .min(1)
    .max(100),
});
/** `settlement.close`: the paying bank's service key, once all pages are credited; settles the certificate when it is paid in full. Context: `CertificateContext`. */
export const CloseBody = z.strictObject({ order: Hash, certificate: Hash });
