import type { Operation } from '@tallystick/protocol';
import { Expiry } from '../operations/expiry.service';
import { activeCertificate, invoiceOf, lineOf, offeredCertificate, until, yuan } from '../testing/stories';
import { tradeGateway, type Person, type TradeGateway } from '../testing/trade';

interface Item {
  kind: string;
  operation?: string;
  action: string;
}

describe('what is not signed, or not sent, in time', () => {
  let trade: TradeGateway;
  let team: Record<'maker' | 'checker' | 'risk', Person>;
  let line: string;
  beforeAll(async () => {
    trade = await tradeGateway();
    team = trade.people(trade.consortium.firms.suppliers[0]!);
    line = await lineOf(trade);
  });
  afterAll(() => trade.close());

  const read = async <T>(path: string, { headers }: Person = team.maker): Promise<T> =>
    (await (await trade.request('GET', path, { headers })).json()) as T;
  const get = (id: string) => read<Operation>(`/operations/${id}`);
  const inbox = async (person = team.maker) => (await read<{ items: Item[] }>('/inbox', person)).items;
  const stored = async (id: string) =>
    (await trade.rows('SELECT state FROM operations WHERE id = $1', [id]))[0]?.['state'];
  const accepting = async (): Promise<Operation> => {
    const certificate = await offeredCertificate(trade, line);
    return (await trade.draft(team.maker, `/certificates/${certificate}/acceptance`)).body as Operation;
  };
  const sweep = (): Promise<void> => trade.app.get(Expiry).run('OperatorMSP');

  it('a draft past its deadline of business is over at once, and tidied up', async () => {
    const drafted = (
      await trade.draft(team.maker, `/holdings/${(await activeCertificate(trade)).holding}/transfers`, {
        receivers: [
          {
            member: trade.consortium.firms.suppliers[1]!.record.id,
            amount: yuan('1000.00'),
            background: { contractNo: 'x' },
          },
        ],
      })
    ).body as Operation;
    expect(await inbox()).toContainEqual(expect.objectContaining({ operation: drafted.id, action: 'sign' }));
    await sweep();
    expect(await stored(drafted.id)).toBe('toSign');
    trade.consortium.goTo(drafted.deadline!.slice(0, 10), 25);
    expect(await get(drafted.id)).toMatchObject({
      state: 'expired',
      needs: [],
      can: { sign: { allowed: false }, cancel: { allowed: false } },
    });
    expect((await trade.sign(team.maker, drafted)).body).toMatchObject({ code: 'INSTRUCTION_EXPIRED' });
    expect(await inbox()).not.toContainEqual(expect.objectContaining({ operation: drafted.id, action: 'sign' }));
    expect(await stored(drafted.id)).toBe('toSign');
    await sweep();
    expect(await stored(drafted.id)).toBe('expired');
    const waiting = { kind: 'operation.expired', operation: drafted.id, action: 'renew' };
    expect(await inbox()).toContainEqual(expect.objectContaining(waiting));
    expect(await inbox(team.checker)).not.toContainEqual(expect.objectContaining({ operation: drafted.id }));
    const listed = await read<{ items: Operation[] }>('/operations?state=expired');
    expect(listed.items).toContainEqual(expect.objectContaining({ id: drafted.id, state: 'expired' }));
  });

  it('an issue lapses with the day after the one it names', async () => {
    const { core, suppliers } = trade.consortium.firms;
    const people = trade.people(core);
    const drafted = (
      await trade.draft(people.maker, '/certificates', {
        line,
        creditor: suppliers[0]!.record.id,
        dueDate: '2026-08-31',
        invoices: [invoiceOf('1000.00')],
        contractNo: 'x',
      })
    ).body as Operation;
    const signed = (await trade.sign(people.maker, drafted, 0)).body as Operation;
    trade.consortium.advance(Date.parse(drafted.deadline!) - Date.parse(trade.consortium.now) - 60_000);
    expect((await read<Operation>(`/operations/${drafted.id}`, people.checker)).state).toBe('toCheck');
    trade.consortium.advance(60_000);
    expect((await read<Operation>(`/operations/${drafted.id}`, people.checker)).state).toBe('expired');
    expect((await trade.sign(people.checker, signed)).body).toMatchObject({ code: 'INSTRUCTION_EXPIRED' });
  });

  it('a signature whose checker does not come within its lifetime is worth nothing', async () => {
    const drafted = await accepting();
    await trade.sign(team.maker, drafted, 0);
    trade.consortium.advance(7 * 86_400_000 + 1_000);
    expect(await get(drafted.id)).toMatchObject({ state: 'expired', steps: [{ state: 'waiting' }] });
    expect((await trade.sign(team.checker, await get(drafted.id))).body).toMatchObject({ code: 'INSTRUCTION_EXPIRED' });
    await sweep();
    expect(await get(drafted.id)).toMatchObject({ state: 'expired', steps: [{ state: 'dropped' }] });
  });

  it('a signed instruction that reaches the ledger too late is expired, not refused', async () => {
    const drafted = await accepting();
    const signed = (await trade.sign(team.maker, drafted, 0)).body as Operation;
    const { faults } = trade.consortium.embedded;
    for (const bank of ['BankAMSP', 'BankBMSP']) faults.setDown(bank, true);
    await trade.sign(team.checker, signed, 0);
    trade.consortium.advance(7 * 86_400_000 + 1_000);
    for (const bank of ['BankAMSP', 'BankBMSP']) faults.setDown(bank, false);
    await until(async () => (await get(drafted.id)).state === 'expired', 60);
    expect((await get(drafted.id)).steps).toMatchObject([
      { state: 'refused', refusal: { code: 'INSTRUCTION_EXPIRED' } },
    ]);
  }, 90_000);

  it('a submission whose job was lost is taken up again', async () => {
    const drafted = await accepting();
    const signed = (await trade.sign(team.maker, drafted, 0)).body as Operation;
    const { faults } = trade.consortium.embedded;
    for (const bank of ['BankAMSP', 'BankBMSP']) faults.setDown(bank, true);
    await trade.sign(team.checker, signed, 0);
    await until(async () => {
      const gone = await trade.rows(
        `DELETE FROM graphile_worker._private_jobs WHERE key LIKE 'submit:%' AND locked_at IS NULL RETURNING id`,
      );
      return gone.length > 0;
    });
    for (const bank of ['BankAMSP', 'BankBMSP']) faults.setDown(bank, false);
    await sweep();
    expect(await get(drafted.id)).toMatchObject({ state: 'queued' });
    await trade.rows(`UPDATE ledger_submissions SET updated_at = now() - interval '1 hour' WHERE operation_id = $1`, [
      drafted.id,
    ]);
    await sweep();
    await until(async () => (await get(drafted.id)).state === 'recorded', 60);
  }, 90_000);
});
