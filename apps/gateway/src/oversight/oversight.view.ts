import { certificatePhase, type CertificatePhase } from '@tallystick/domain';
import type { CertificateRecord, FinancingOrder } from '@tallystick/protocol';
import { z } from 'zod';
import { certificateView } from '../operations/views';
import { ProblemError } from '../problem/problem.error';
import { PartyShape } from '../read-model/shapes';
import type { View } from '../read-model/view';

const Counts = z.strictObject({
  /** Accepted and not paid in full, the overdue ones among them. */
  active: z.int(),
  overdue: z.int(),
  /** Overdue for so long that default may be declared; counted as overdue too. */
  defaulted: z.int(),
  settled: z.int(),
});

/** The market as everybody may know it: counts from public records, for amounts are open to a certificate's own parties alone. */
export const OversightShape = z.strictObject({
  total: Counts,
  issuers: z.array(Counts.extend({ issuer: PartyShape, reported: z.int() })),
  /** By the organisation that pays certificates out. */
  payingBanks: z.array(Counts.extend({ org: z.string(), name: z.string() })),
  /** Financings by state. */
  financed: z.strictObject({ open: z.int(), agreed: z.int(), funded: z.int(), ended: z.int() }),
});
export type Oversight = z.infer<typeof OversightShape>;

type Counted = z.infer<typeof Counts>;

/** @throws ProblemError FORBIDDEN unless for a regulator or the operator */
export async function oversee(view: View): Promise<Oversight> {
  await requireOverseer(view);
  const total = nothing();
  const issuers = new Map<string, Counted>();
  const banks = new Map<string, Counted>();
  for (const { record, count } of await alike(view)) {
    const phase = certificatePhase(certificateView(record), view.now, await view.rulesOf(record));
    for (const sums of [total, at(issuers, record.public.issuer), at(banks, record.public.witness)])
      add(sums, phase, count);
  }
  const party = await view.parties([...issuers.keys()]);
  const standing = await view.records('Standing', [...issuers.keys()]);
  const { organisations } = view.facts.genesis;
  return {
    total,
    issuers: [...issuers]
      .map(([id, sums]) => ({ issuer: party(id), ...sums, reported: standing.get(id)?.overdue.length ?? 0 }))
      .sort((one, other) => other.overdue - one.overdue || other.active - one.active),
    payingBanks: [...banks].map(([org, sums]) => ({
      org,
      name: organisations.find(({ msp }) => msp === org)?.name ?? org,
      ...sums,
    })),
    financed: await financed(view),
  };
}

async function requireOverseer(view: View): Promise<void> {
  const own = (await view.records('Member', [view.caller.member])).get(view.caller.member);
  const may = own?.kinds.some((kind) => kind === 'REGULATOR' || kind === 'OPERATOR');
  if (may !== true) throw new ProblemError('FORBIDDEN');
}

const nothing = (): Counted => ({ active: 0, overdue: 0, defaulted: 0, settled: 0 });

function at(sums: Map<string, Counted>, key: string): Counted {
  const known = sums.get(key) ?? nothing();
  sums.set(key, known);
  return known;
}

function add(sums: Counted, phase: CertificatePhase, count: number): void {
  if (phase === 'settled') sums.settled += count;
  if (phase === 'active' || phase === 'due' || phase === 'overdue' || phase === 'defaulted') sums.active += count;
  if (phase === 'overdue' || phase === 'defaulted') sums.overdue += count;
  if (phase === 'defaulted') sums.defaulted += count;
}

/** Certificates alike in everything that their phase depends on, counted by the database. */
async function alike({ manager, caller }: View): Promise<{ record: CertificateRecord; count: number }[]> {
  const rows: { record: CertificateRecord; count: string }[] = await manager.query(
    `SELECT jsonb_build_object('status', status, 'paidInFull', paid, 'settling', NULL, 'public', jsonb_build_object(
         'issuer', issuer, 'witness', witness, 'dueDate', due, 'acceptBy', accept_by, 'rulePack', pack)) AS record, count(*)
     FROM (SELECT body -> 'status' AS status, body -> 'paidInFull' AS paid, body #> '{public,issuer}' AS issuer,
         body #> '{public,witness}' AS witness, body #> '{public,dueDate}' AS due, body #> '{public,acceptBy}' AS accept_by,
         body #> '{public,rulePack}' AS pack
       FROM record WHERE org = $1 AND type = 'Certificate' AND counterfeit IS NULL) certificate
     GROUP BY status, paid, issuer, witness, due, accept_by, pack`,
    [caller.org],
  );
  return rows.map(({ record, count }) => ({ record, count: Number(count) }));
}

async function financed({ manager, caller }: View): Promise<Oversight['financed']> {
  const rows: { state: FinancingOrder['state']; count: string }[] = await manager.query(
    `SELECT body ->> 'state' AS state, count(*) FROM record
     WHERE org = $1 AND type = 'Order' AND counterfeit IS NULL AND body ->> 'kind' = 'financing' GROUP BY 1`,
    [caller.org],
  );
  const counted = { open: 0, agreed: 0, funded: 0, ended: 0 };
  for (const { state, count } of rows) counted[state] = Number(count);
  return counted;
}
