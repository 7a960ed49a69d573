import { addDays, daysBetween, rolledDueDate } from '@tallystick/domain';
import type { CertificateOpening, HoldingOpening, LineOpening } from '@tallystick/protocol';
import { z } from 'zod';
import { isCurrent, owed } from '../certificates/certificate.view';
import { presentFinancings, type SeenFinancing } from '../financings/financing.view';
import { LockKeeper } from '../holdings/lock-keeper';
import { LineShape, presentLines } from '../lines/line.view';
import { money, MoneyShape } from '../read-model/shapes';
import type { View } from '../read-model/view';

/** Home numbers of a member, by its roles in the trade; parts that do not concern it are empty. */
export const SummaryShape = z.strictObject({
  held: z.strictObject({
    total: MoneyShape,
    free: MoneyShape,
    locked: MoneyShape,
    due30: MoneyShape,
    due60: MoneyShape,
    due90: MoneyShape,
    count: z.int(),
  }),
  /** What falls due week by week (Mondays), of what the member holds or, as issuer, owes. */
  ladder: z.array(
    z.strictObject({ week: z.string(), side: z.enum(['receive', 'pay']), amount: MoneyShape, count: z.int() }),
  ),
  owes: z.strictObject({ total: MoneyShape, overdue: MoneyShape, count: z.int() }),
  lines: z.array(LineShape),
  pipeline: z.array(z.strictObject({ stage: z.string(), count: z.int(), oldest: z.string().nullable() })),
  /** As paying bank: what issuers under its lines still owe. */
  exposure: z.strictObject({ total: MoneyShape, count: z.int() }),
});
export type Summary = z.infer<typeof SummaryShape>;

const ACTIVE = [`r.body ->> 'status' = 'active'`];

export async function summarise(view: View): Promise<Summary> {
  const weeks = new Ladder();
  const held = await heldBy(view, weeks);
  const issued = await owedBy(view, 'issuer', weeks);
  const paid = await owedBy(view, 'witness', null);
  return {
    held,
    ladder: weeks.steps(),
    owes: { total: money(issued.total), overdue: money(issued.overdue), count: issued.count },
    lines: await presentLines(view, await view.all<'Line', LineOpening>('Line', { where: [], values: [] }, 100)),
    pipeline: await pipelineOf(view),
    exposure: { total: money(paid.total), count: paid.count },
  };
}

async function heldBy(view: View, weeks: Ladder): Promise<Summary['held']> {
  const where = [`'owner' = ANY(s.roles)`, `r.body ->> 'status' = 'live'`, 'r.counterfeit IS NULL'];
  const rows = await view.all<'Holding', HoldingOpening>('Holding', { where, values: [] });
  const locks = await LockKeeper.of(view, rows);
  const sums = { total: 0n, locked: 0n, due30: 0n, due60: 0n, due90: 0n };
  for (const { record, opening, fen, sort: dueDate } of rows) {
    const left = (fen ?? 0n) - BigInt(opening?.paid?.fen ?? '0');
    const days = daysBetween(view.facts.today, dueDate);
    sums.total += left;
    if (locks.live(record) !== null) sums.locked += left;
    if (days <= 30) sums.due30 += left;
    if (days <= 60) sums.due60 += left;
    if (days <= 90) sums.due90 += left;
    weeks.add(dueDate, 'receive', left);
  }
  const { total, locked, due30, due60, due90 } = sums;
  return {
    total: money(total),
    free: money(total - locked),
    locked: money(locked),
    due30: money(due30),
    due60: money(due60),
    due90: money(due90),
    count: rows.length,
  };
}

async function owedBy(
  view: View,
  role: 'issuer' | 'witness',
  weeks: Ladder | null,
): Promise<{ total: bigint; overdue: bigint; count: number }> {
  const where = [...ACTIVE, '? = ANY(s.roles)', 'r.counterfeit IS NULL'];
  const rows = await view.all<'Certificate', CertificateOpening>('Certificate', { where, values: [role] });
  let [total, overdue] = [0n, 0n];
  for (const { record, opening } of rows) {
    if (opening === null || !isCurrent(record, opening)) continue;
    const rules = await view.rulesOf(record);
    const { outstanding } = owed(record, opening, view.now, rules);
    total += outstanding;
    if (rolledDueDate(record.public.dueDate, rules) < view.facts.today) overdue += outstanding;
    weeks?.add(record.public.dueDate, 'pay', outstanding);
  }
  return { total, overdue, count: rows.length };
}

async function pipelineOf(view: View): Promise<Summary['pipeline']> {
  const where = [`r.body ->> 'kind' = 'financing'`, `r.body ->> 'state' IN ('open', 'agreed')`];
  const rows = await view.all<'Order', unknown>('Order', { where, values: [] }, 500);
  const stages = new Map<string, { count: number; oldest: string | null }>();
  for (const { stage, openUntil } of await presentFinancings(view, rows as SeenFinancing[])) {
    const known = stages.get(stage) ?? { count: 0, oldest: null };
    const oldest = known.oldest === null || openUntil < known.oldest ? openUntil : known.oldest;
    stages.set(stage, { count: known.count + 1, oldest });
  }
  return [...stages].map(([stage, each]) => ({ stage, ...each }));
}

/** Sums by the week in which they fall due; a week is named by its Monday. */
class Ladder {
  private readonly sums = new Map<string, { week: string; side: 'receive' | 'pay'; fen: bigint; count: number }>();

  add(dueDate: string, side: 'receive' | 'pay', fen: bigint): void {
    const week = mondayOf(dueDate);
    const key = `${week} ${side}`;
    const known = this.sums.get(key) ?? { week, side, fen: 0n, count: 0 };
    this.sums.set(key, { ...known, fen: known.fen + fen, count: known.count + 1 });
  }

  steps(): Summary['ladder'] {
    const inOrder = [...this.sums.values()].sort((a, b) => (`${a.week} ${a.side}` < `${b.week} ${b.side}` ? -1 : 1));
    return inOrder.map(({ week, side, fen, count }) => ({ week, side, amount: money(fen), count }));
  }
}

/** 2024-01-01 was a Monday. */
function mondayOf(date: string): string {
  const days = daysBetween('2024-01-01', date);
  return addDays(date, -(((days % 7) + 7) % 7));
}
