import { addDays, businessDateOf, earlierOf, endOfDay, type Instant, type IsoDate } from '../calendar';
import { sumFen } from '../money';
import { accept, refuse, type Outcome } from '../refusal';
import type { RulePack } from '../rule-pack';
import { decideTenor, paymentTermWarning, type ComplianceWarning, type TenorRequest } from './tenor';

/** What a certificate claims of one invoice. */
export interface InvoiceClaim {
  amountFen: bigint;
  deliveredOn: IsoDate | null;
}

/** One certificate to be issued. */
export interface IssueCommand extends TenorRequest {
  issuer: string;
  creditor: string;
  faceFen: bigint;
  acceptBy: Instant;
  invoices: readonly InvoiceClaim[];
}

/** What the issue of one certificate has to look at besides itself. */
export interface IssueContext {
  now: Instant;
  rules: RulePack;
  /** Whether a certificate of the issuer stands on record as overdue and unpaid (`standing/`). */
  issuerOverdue: boolean;
}

/** The latest end of the acceptance window: some days after issue, at most to the end of the day before the due date. */
export function acceptanceDeadline(issuedOn: IsoDate, dueDate: IsoDate, rules: RulePack): Instant {
  return endOfDay(earlierOf(addDays(issuedOn, rules.acceptanceDays), addDays(dueDate, -1)));
}

function decideBacking({ faceFen, invoices }: IssueCommand, today: IsoDate): Outcome<true> {
  for (const [index, { amountFen, deliveredOn }] of invoices.entries()) {
    const where = { field: `invoices.${index.toString()}` };
    if (amountFen <= 0n) return refuse('AMOUNT_TOO_SMALL', {}, where);
    if (deliveredOn === null || deliveredOn > today) return refuse('INVOICE_NOT_DELIVERED', {}, where);
  }
  const claimedFen = sumFen(invoices.map(({ amountFen }) => amountFen));
  return claimedFen === faceFen
    ? accept(true)
    : refuse('FACE_NOT_BACKED', { faceFen, claimedFen }, { field: 'invoices' });
}

/** `issuedOn` is signed before the ledger knows the time: a signature given just before midnight may arrive just after. */
function decideDates({ issuedOn, dueDate, acceptBy }: IssueCommand, { now, rules }: IssueContext): Outcome<true> {
  const today = businessDateOf(now);
  if (issuedOn > today || issuedOn < addDays(today, -1)) {
    return refuse('BAD_INPUT', { today }, { field: 'issuedOn' });
  }
  const latest = acceptanceDeadline(issuedOn, dueDate, rules);
  const inTime = acceptBy > now && acceptBy <= latest;
  return inTime
    ? accept(true)
    : refuse('BAD_INPUT', { latest }, { field: 'acceptBy', rule: 'rule pack: acceptanceDays' });
}

/**
 * Whether a certificate may be issued (T22, T23); line and occupancy decide for themselves. Refuses with ISSUER_OVERDUE,
 * FACE_OUT_OF_RANGE, RECEIVER_IS_ISSUER, those of {@link decideTenor}, BAD_INPUT (issuedOn, acceptBy), AMOUNT_TOO_SMALL,
 * INVOICE_NOT_DELIVERED, FACE_NOT_BACKED.
 *
 * @returns warnings to be stored with the certificate
 */
export function decideIssue(command: IssueCommand, context: IssueContext): Outcome<{ warnings: ComplianceWarning[] }> {
  const { rules, now } = context;
  const [minFen, maxFen] = [BigInt(rules.faceMinFen), BigInt(rules.faceMaxFen)];
  if (context.issuerOverdue) return refuse('ISSUER_OVERDUE');
  if (command.faceFen < minFen || command.faceFen > maxFen) {
    return refuse('FACE_OUT_OF_RANGE', { faceFen: command.faceFen, minFen, maxFen }, { field: 'faceFen' });
  }
  if (command.creditor === command.issuer) return refuse('RECEIVER_IS_ISSUER', {}, { field: 'creditor' });
  const tenor = decideTenor(command, rules);
  if (!tenor.ok) return tenor;
  const dates = decideDates(command, context);
  if (!dates.ok) return dates;
  const backing = decideBacking(command, businessDateOf(now));
  if (!backing.ok) return backing;
  const warnings = command.invoices.flatMap(({ deliveredOn }) => {
    const warning = deliveredOn === null ? null : paymentTermWarning(deliveredOn, command.dueDate, rules);
    return warning ?? [];
  });
  return accept({ warnings });
}

/** Whether so many certificates may go in one transaction. Refuses with TOO_MANY_CERTIFICATES. */
export function decideBatch(count: number, rules: RulePack): Outcome<true> {
  return count <= rules.maxIssueBatch ? accept(true) : refuse('TOO_MANY_CERTIFICATES', { max: rules.maxIssueBatch });
}
