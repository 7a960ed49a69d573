import { z } from 'zod';
import { Hash, MspId } from '../wire/scalars';
import { BehindSchema } from '../instruction/instruction';
import { LineOpening } from '../line/line.records';
import { CertificateOpening, OccupancyOpening } from '../certificate/certificate.records';
import { HoldingOpening } from '../holding/holding.records';
import { TransferOpening } from '../transfer/transfer.records';
import { InvitationOpening, QuoteOpening } from '../financing/financing.records';
import { PageOpening, PaymentOpening, SettlementOpening } from '../settlement/settlement.records';

/** Clear values of records made or changed by a transaction, as far as the reader may see them. */
export const OpeningsSchema = z.strictObject({
  lines: z.array(LineOpening).max(10),
  certificates: z.array(CertificateOpening).max(50),
  occupancies: z.array(OccupancyOpening).max(200),
  holdings: z.array(HoldingOpening).max(101),
  transfers: z.array(TransferOpening).max(50),
  invitations: z.array(InvitationOpening).max(10),
  quotes: z.array(QuoteOpening).max(10),
  settlements: z.array(SettlementOpening).max(10),
  pages: z.array(PageOpening).max(10),
  payments: z.array(PaymentOpening).max(100),
});
export type Openings = z.infer<typeof OpeningsSchema>;

export const noOpenings = (): Openings => ({
  lines: [],
  certificates: [],
  occupancies: [],
  holdings: [],
  transfers: [],
  invitations: [],
  quotes: [],
  settlements: [],
  pages: [],
  payments: [],
});

/** The one private record per collection and transaction: the instructions behind it (never their secrets) and the reader's openings. */
export const BundleSchema = z.strictObject({
  v: z.literal(1),
  instructions: BehindSchema,
  openings: OpeningsSchema,
});
export type Bundle = z.infer<typeof BundleSchema>;

/**
 * `deposit.openings`: a reader's service key gives organisation `to` its copy of openings it may see, with the instructions behind them
 * (the bundle stands in the secret). Each opening is checked against the commitments on the ledger; `to` must be a reader of each record.
 */
export const DepositBody = z.strictObject({ to: MspId, bundle: Hash });
export const DepositSecret = z.strictObject({ bundle: BundleSchema });
