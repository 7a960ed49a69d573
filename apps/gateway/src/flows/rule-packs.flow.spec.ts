import type { Operation } from '@tallystick/protocol';
import { invoiceOf, lineOf } from '../testing/stories';
import { tradeGateway, type Person, type TradeGateway } from '../testing/trade';

interface Packs {
  items: { from: string; rules: Record<string, unknown> }[];
}

describe('new rules', () => {
  let trade: TradeGateway;
  beforeAll(async () => {
    trade = await tradeGateway();
  });
  afterAll(() => trade.close());

  const packs = async (person: Person): Promise<Packs['items']> =>
    ((await (await trade.request('GET', '/network/rule-packs', { headers: person.headers })).json()) as Packs).items;

  it('are published by two people of the operator, and rule from their day on', async () => {
    const { operator, core, suppliers } = trade.consortium.firms;
    const form = { from: '2026-03-09', changes: { maxTenorMonths: 3, maxDepth: 4 } };
    const published = await trade.done(operator, '/network/rule-packs', form);
    expect(published).toMatchObject({
      kind: 'network.publishRulePack',
      state: 'recorded',
      signatures: [{ role: 'maker' }, { role: 'checker' }],
    });
    await trade.caughtUp();
    const [first, second, ...others] = await packs(trade.people(suppliers[0]!).maker);
    expect(others).toEqual([]);
    expect(second).toMatchObject({ from: '2026-03-08T16:00:00.000Z', rules: { id: 'rules-2026-03-09', maxDepth: 4 } });
    expect({ ...second!.rules, ...form.changes }).toEqual({
      ...first!.rules,
      ...form.changes,
      id: 'rules-2026-03-09',
      effectiveFrom: '2026-03-09',
    });

    const line = await lineOf(trade);
    const issue = {
      line,
      creditor: suppliers[0]!.record.id,
      dueDate: '2026-08-31',
      invoices: [invoiceOf('1000.00')],
      contractNo: 'x',
    };
    expect((await trade.done(core, '/certificates', issue)).state).toBe('recorded');
    trade.consortium.goTo('2026-03-09');
    const refused = await trade.draft(trade.people(core).maker, '/certificates', { ...issue, dueDate: '2026-08-31' });
    expect(refused.body).toMatchObject({ code: 'TENOR_NEEDS_REVIEW' });
  });

  it('are the operator’s alone, never of today or before what is published, and keep to their shape', async () => {
    const { operator, core } = trade.consortium.firms;
    const { maker } = trade.people(operator);
    const ask = async (person: Person, body: object) => {
      const { status, body: answer } = await trade.draft(person, '/network/rule-packs', body);
      return [status, (answer as { code?: string }).code, (answer as Partial<Operation>).state];
    };
    const changes = { maxDepth: 5 };
    expect((await ask(trade.people(core).maker, { from: '2026-05-01', changes }))[0]).toBe(403);
    expect((await ask(trade.people(operator).checker, { from: '2026-05-01', changes }))[0]).toBe(403);
    expect((await ask(maker, { from: '2026-03-09', changes })).slice(0, 2)).toEqual([400, 'BAD_INPUT']);
    expect((await ask(maker, { from: '2026-03-01', changes })).slice(0, 2)).toEqual([400, 'BAD_INPUT']);
    for (const wrong of [{}, { maxDepth: 0 }, { maxDepth: 'many' }, { fingerprintKeyCommit: 'a'.repeat(64) }, { x: 1 }])
      expect((await ask(maker, { from: '2026-05-01', changes: wrong }))[0]).toBe(400);
    expect((await ask(maker, { from: '2026-05-01', changes }))[2]).toBe('toSign');
  });
});
