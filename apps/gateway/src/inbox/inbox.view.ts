import { businessDaysBeforeDue } from '@tallystick/domain';
import type { CertificateOpening, SettlementOpening, TransferOpening } from '@tallystick/protocol';
import { z } from 'zod';
import { presentCertificates, type CertificateShort } from '../certificates/certificate.view';
import { presentFinancings, type FinancingShape, type SeenFinancing } from '../financings/financing.view';
import { MoneyShape, PartyShape } from '../read-model/shapes';
import type { View } from '../read-model/view';
import { presentSettlements, type SeenSettlement } from '../settlements/settlement.view';
import { presentTransfers, type SeenTransfer } from '../transfers/transfer.view';

/** One thing that waits for the reader's firm. `title` is a key of the UI's messages; `action` names the command to take. */
export const InboxItem = z.strictObject({
  kind: z.string(),
  operation: z.string().optional(),
  subject: z.strictObject({ type: z.string(), id: z.string() }),
  title: z.string(),
  counterparty: PartyShape.optional(),
  amount: MoneyShape.optional(),
  certificateNo: z.string().optional(),
  deadline: z.string().nullable(),
  action: z.string(),
});
export type InboxItem = z.infer<typeof InboxItem>;

const MOST = 200;
/** How long its maker is told that a draft, or a signed instruction, came to nothing. */
const LAPSED_FOR = `interval '3 days'`;

/** What waits, the nearest deadline first; without one last. */
export async function inboxOf(view: View): Promise<InboxItem[]> {
  const items = [
    ...(await operations(view)),
    ...(await certificates(view)),
    ...(await transfers(view)),
    ...(await financings(view)),
    ...(await payables(view)),
    ...(await settlements(view)),
  ];
  return items.sort((a, b) => ((a.deadline ?? '9') < (b.deadline ?? '9') ? -1 : 1)).slice(0, MOST);
}

interface OperationRow {
  id: string;
  kind: string;
  state: string;
  deadline: Date | null;
  summary: {
    amount?: InboxItem['amount'];
    counterparty?: InboxItem['counterparty'];
    certificateNo?: string;
    subject: { type: string; id: string };
  };
}

/** Drafts that want the caller's own signature: its maker's, or a second person's; and for some days what it drafted and has lapsed. */
async function operations({ manager, caller, facts: { now, rawNow } }: View): Promise<InboxItem[]> {
  const rows: OperationRow[] = await manager.query(
    `SELECT o.id, o.kind, o.state, o.deadline, o.summary FROM operations o
     WHERE o.org = $1 AND o.member = $2 AND (
       (o.deadline IS NULL OR o.deadline > $6) AND o.not_after > $7 AND (o.state = 'toSign' AND $3 OR o.state = 'toCheck' AND $4
         AND NOT EXISTS (SELECT 1 FROM operation_signatures x WHERE x.operation_id = o.id AND x.user_id = $5))
       OR o.state = 'expired' AND o.created_by = $5 AND o.updated_at > now() - ${LAPSED_FOR})
     ORDER BY o.created_at LIMIT ${String(MOST)}`,
    [
      caller.org,
      caller.member,
      caller.roles.includes('maker'),
      caller.roles.some((role) => role === 'checker' || role === 'risk'),
      caller.userId,
      now,
      rawNow,
    ],
  );
  return rows.map(({ id, kind, state, deadline, summary: { amount, counterparty, certificateNo, subject } }) => ({
    kind: `operation.${state}`,
    operation: id,
    subject,
    title: kind,
    ...(amount !== undefined && { amount }),
    ...(counterparty !== undefined && { counterparty }),
    ...(certificateNo !== undefined && { certificateNo }),
    deadline: deadline === null || state === 'expired' ? null : deadline.toISOString(),
    action: state === 'expired' ? 'renew' : 'sign',
  }));
}

/** Certificates offered to us. */
async function certificates(view: View): Promise<InboxItem[]> {
  const where = [
    `'creditor' = ANY(s.roles)`,
    `r.body ->> 'status' = 'offered'`,
    `r.body #>> '{public,acceptBy}' > ?`,
    'r.counterfeit IS NULL',
  ];
  const rows = await view.all<'Certificate', CertificateOpening>('Certificate', { where, values: [view.now] }, MOST);
  const shown = await presentCertificates(view, rows);
  return shown.map((each) =>
    item('certificate', each, { action: 'accept', deadline: each.acceptBy, counterparty: each.issuer }),
  );
}

function item(
  type: string,
  { id, no, face }: CertificateShort,
  rest: Pick<InboxItem, 'action' | 'deadline'> & { counterparty?: InboxItem['counterparty'] },
): InboxItem {
  const { action, deadline, counterparty } = rest;
  return {
    kind: `certificate.${action}`,
    subject: { type, id },
    title: `certificate.${action}`,
    ...(counterparty !== undefined && { counterparty }),
    ...(face !== undefined && { amount: face }),
    certificateNo: no,
    deadline,
    action,
  };
}

/** Parts offered to us. */
async function transfers(view: View): Promise<InboxItem[]> {
  const where = [
    `r.body ->> 'kind' = 'transfer'`,
    `'receiver' = ANY(s.roles)`,
    `r.body ->> 'state' = 'open'`,
    `r.body ->> 'until' > ?`,
    'r.counterfeit IS NULL',
  ];
  const rows = await view.all<'Order', TransferOpening>('Order', { where, values: [view.now] }, MOST);
  const shown = await presentTransfers(view, rows as SeenTransfer[]);
  return shown.map(({ id, sender, amount, certificate, until }) => ({
    kind: 'transfer.accept',
    subject: { type: 'transfer', id },
    title: 'transfer.accept',
    ...(sender !== undefined && { counterparty: sender }),
    ...(amount !== undefined && { amount }),
    ...(certificate !== null && { certificateNo: certificate.no }),
    deadline: until,
    action: 'accept',
  }));
}

/** Applications that wait for us: to quote, to choose, to approve, to sign, to pay out. */
async function financings(view: View): Promise<InboxItem[]> {
  const where = [
    `r.body ->> 'kind' = 'financing'`,
    `r.body ->> 'state' IN ('open', 'agreed')`,
    'r.counterfeit IS NULL',
  ];
  const rows = await view.all<'Order', unknown>('Order', { where, values: [] }, MOST);
  const shown = await presentFinancings(view, rows as SeenFinancing[]);
  return shown.flatMap((each) => {
    const action = financingAction(each);
    return action === null ? [] : [financingItem(each, action)];
  });
}

function financingAction({ role, stage, can, quotes }: FinancingShape): string | null {
  if (role === 'applicant') {
    if (stage === 'quoted' && quotes.some(({ state }) => state === 'open')) return 'acceptQuote';
    return stage === 'approved' && isOpen(can.sign) ? 'sign' : null;
  }
  if (stage === 'open' && quotes.length === 0) return 'quote';
  const next = (['approve', 'sign', 'disburse'] as const).find((name) => isOpen(can[name]));
  return next ?? null;
}

/** Open to the firm, whichever of its people does it. */
const isOpen = ({ allowed, code }: { allowed: boolean; code?: string | undefined }): boolean =>
  allowed || code === 'ROLE_MISSING';

function financingItem(
  { id, applicant, amount, certificate, decideBy, openUntil, agreement, role }: FinancingShape,
  action: string,
): InboxItem {
  return {
    kind: `financing.${action}`,
    subject: { type: 'financing', id },
    title: `financing.${action}`,
    ...(role === 'bank' && applicant !== undefined && { counterparty: applicant }),
    ...(amount !== undefined && { amount }),
    ...(certificate !== null && { certificateNo: certificate.no }),
    deadline: action === 'disburse' && agreement !== null ? agreement.validUntil : (decideBy ?? openUntil),
    action,
  };
}

/** Our own certificates whose payment may be prepared and is not under way. */
async function payables(view: View): Promise<InboxItem[]> {
  const where = [
    `'issuer' = ANY(s.roles)`,
    `r.body ->> 'status' = 'active'`,
    `r.body ->> 'paidInFull' = 'false'`,
    `NOT EXISTS (SELECT 1 FROM record p WHERE p.org = s.org AND p.type = 'Order' AND p.scope = split_part(s.ref, '/', 2)
       AND p.body ->> 'kind' = 'settlement' AND p.body ->> 'state' <> 'closed')`,
    's.sort <= ?',
  ];
  // Nothing farther off than this can be within the business days before the due date.
  const horizon = new Date(Date.parse(view.now) + 30 * 86_400_000).toISOString().slice(0, 10);
  const rows = await view.all<'Certificate', CertificateOpening>('Certificate', { where, values: [horizon] }, MOST);
  const due = [];
  for (const row of rows) {
    const rules = await view.rulesOf(row.record);
    if (view.facts.today >= businessDaysBeforeDue(row.record.public.dueDate, rules.prepareBusinessDays, rules))
      due.push(row);
  }
  const shown = await presentCertificates(view, due);
  return shown.map((each) =>
    item('certificate', each, { action: 'settle', deadline: `${each.rolledDueDate}T09:00:00.000Z` }),
  );
}

/** Payments whose money the paying bank waits for. */
async function settlements(view: View): Promise<InboxItem[]> {
  const where = [`r.body ->> 'kind' = 'settlement'`, `'witness' = ANY(s.roles)`, `r.body ->> 'state' = 'prepared'`];
  const rows = await view.all<'Order', SettlementOpening>('Order', { where, values: [] }, MOST);
  const shown = await presentSettlements(view, rows as SeenSettlement[]);
  return shown.map(({ id, certificate, amount }) => ({
    kind: 'settlement.funds',
    subject: { type: 'settlement', id },
    title: 'settlement.funds',
    counterparty: certificate.issuer,
    ...(amount !== null && { amount }),
    certificateNo: certificate.no,
    deadline: null,
    action: 'follow',
  }));
}
