import type { Operation } from '@tallystick/protocol';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TradeGateway } from './trade';

export const yuan = (amount: string) => ({ amount, currency: 'CNY' as const });

/** An accepted certificate of the core firm, held whole by the first supplier. */
export interface ActiveCertificate {
  line: string;
  certificate: string;
  holding: string;
}

let invoices = 0;
/** An invoice of its own. */
export const invoiceOf = (amount: string, number = `2611000000000000${String(1000 + invoices++)}`) => ({
  number,
  date: '2026-02-20',
  grossAmount: yuan(amount),
  amount: yuan(amount),
  deliveredOn: '2026-02-25',
});

const bodyOf = (operation: Operation, step = 0): Record<string, unknown> => {
  const { instruction } = operation.steps[step] ?? {};
  if (instruction === null || instruction === undefined) throw new Error(`${operation.kind} is not signed`);
  return instruction.body;
};

/** Bank A's line for the core firm, granted over HTTP. */
export async function lineOf(trade: TradeGateway, limit = '100000000.00'): Promise<string> {
  const { bankA, core } = trade.consortium.firms;
  const granted = await trade.done(bankA, '/lines', {
    issuer: core.record.id,
    limit: yuan(limit),
    until: '2026-12-31',
  });
  return bodyOf(granted)['line'] as string;
}

/** A certificate of 1,000,000.00 (or another face) offered to a supplier. */
export async function offeredCertificate(
  trade: TradeGateway,
  line: string,
  { amount = '1000000.00', dueDate = '2026-08-31', creditor = 0 } = {},
): Promise<string> {
  const { core, suppliers } = trade.consortium.firms;
  const issued = await trade.done(core, '/certificates', {
    line,
    creditor: suppliers[creditor]?.record.id,
    dueDate,
    invoices: [invoiceOf(amount)],
    contractNo: 'HT-1',
  });
  if (issued.state !== 'recorded') throw new Error(JSON.stringify(issued.steps[0]?.refusal));
  return (bodyOf(issued)['certificates'] as { id: string }[])[0]?.id ?? '';
}

export async function activeCertificate(trade: TradeGateway, amount = '1000000.00'): Promise<ActiveCertificate> {
  const [first] = trade.consortium.firms.suppliers;
  if (first === undefined) throw new Error('the consortium has suppliers');
  const line = await lineOf(trade);
  const certificate = await offeredCertificate(trade, line, { amount });
  const accepted = await trade.done(first, `/certificates/${certificate}/acceptance`);
  return { line, certificate, holding: bodyOf(accepted)['holding'] as string };
}

/** Waits for something to become true. @throws Error after `seconds` */
export async function until(check: () => Promise<boolean>, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error('it did not come true in time');
    await sleep(100);
  }
}
