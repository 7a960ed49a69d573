import type { Operation } from '@tallystick/protocol';
import { Payments } from '../automation/payments.service';
import { activeCertificate, until, yuan } from '../testing/stories';
import { tradeGateway, type TradeGateway } from '../testing/trade';

const CHECKLIST = { documents: true, occupancy: true, fingerprint: true, limits: true, registrySearch: true };
const body = (operation: Operation): Record<string, unknown> => operation.steps[0]!.instruction!.body;

describe('an agreement that both signed and nobody paid', () => {
  let trade: TradeGateway;
  let order: string;
  let piece: string;
  let validUntil: string;

  const read = async <T>(path: string, firm = trade.consortium.firms.suppliers[0]!): Promise<T> =>
    (await (await trade.request('GET', path, { headers: trade.people(firm).maker.headers })).json()) as T;
  const held = async (state: 'free' | 'locked'): Promise<string[]> =>
    (await read<{ items: { id: string }[] }>(`/holdings?state=${state}`)).items.map(({ id }) => id);
  const passOn = () => {
    const [owner, receiver] = trade.consortium.firms.suppliers;
    return trade.draft(trade.people(owner!).maker, `/holdings/${piece}/transfers`, {
      receivers: [{ member: receiver!.record.id, amount: yuan('400000.00'), background: { contractNo: 'HT-9' } }],
    });
  };

  beforeAll(async () => {
    trade = await tradeGateway();
    const { bankB, suppliers } = trade.consortium.firms;
    const owner = suppliers[0]!;
    const { holding } = await activeCertificate(trade);
    const form = { amount: yuan('400000.00'), banks: [bankB.record.id], recourse: false };
    const applied = await trade.done(owner, `/holdings/${holding}/financings`, form);
    order = body(applied)['order'] as string;
    piece = (body(applied)['piece'] as { id: string }).id;
    const quoted = await trade.done(bankB, `/financings/${order}/quotes`, { rate: '4.10' });
    await trade.done(owner, `/financings/${order}/quotes/${body(quoted)['quote'] as string}/acceptance`);
    const approved = await trade.done(bankB, `/financings/${order}/approval`, { checklist: CHECKLIST });
    validUntil = body(approved)['validUntil'] as string;
    await trade.done(owner, `/financings/${order}/signature`);
    await trade.done(bankB, `/financings/${order}/signature`);
  });
  afterAll(() => trade.close());

  it('locks the piece until it is over, and says so', async () => {
    expect(await read(`/financings/${order}`)).toMatchObject({ stage: 'signed', agreement: { validUntil } });
    expect(await read(`/holdings/${piece}`)).toMatchObject({ state: 'locked', lock: { order, until: validUntil } });
    expect(await held('locked')).toEqual([piece]);
    expect((await passOn()).body).toMatchObject({ code: 'HOLDING_LOCKED' });
    const { items } = await read<{ items: object[] }>('/inbox', trade.consortium.firms.bankB);
    expect(items).toContainEqual(expect.objectContaining({ kind: 'financing.disburse', deadline: validUntil }));
  });

  it('pays nothing any more once it is over, and the piece is free for everyone without anybody’s doing', async () => {
    const { bankB, suppliers } = trade.consortium.firms;
    const { maker, checker } = trade.people(bankB);
    // The signatures outlive the agreement: it alone is over below.
    trade.consortium.advance(5 * 86_400_000);
    const closed = jest.spyOn(trade.app.get(Payments), 'order').mockRejectedValue(new Error('the bank is closed'));
    const drafted = (await trade.draft(maker, `/financings/${order}/disbursement`)).body as Operation;
    await trade.sign(checker, (await trade.sign(maker, drafted, 0)).body as Operation, 0);
    await until(() => Promise.resolve(closed.mock.calls.length > 0));

    trade.consortium.goTo(validUntil.slice(0, 10), 25);
    await until(async () => (await read<Operation>(`/operations/${drafted.id}`, bankB)).state === 'refused');
    closed.mockRestore();
    expect(await read(`/operations/${drafted.id}`, bankB)).toMatchObject({
      steps: [{ refusal: { code: 'AGREEMENT_OVER' } }],
    });
    expect(await trade.rows(`SELECT 1 FROM payment_orders WHERE kind = 'disbursement'`)).toEqual([]);

    expect(await trade.record('Order', order)).toMatchObject({ state: 'agreed' });
    expect(await read(`/financings/${order}`)).toMatchObject({ stage: 'lapsed' });
    expect(await read(`/financings/${order}`, bankB)).toMatchObject({ can: { disburse: { code: 'AGREEMENT_OVER' } } });
    expect(await read(`/holdings/${piece}`)).toMatchObject({ state: 'free', lock: null });
    expect(await held('free')).toContain(piece);
    expect((await trade.draft(maker, `/financings/${order}/disbursement`)).body).toMatchObject({
      code: 'AGREEMENT_OVER',
    });
    const offered = (await passOn()).body as Operation;
    const team = trade.people(suppliers[0]!);
    const signed = (await trade.sign(team.maker, offered, 0)).body as Operation;
    expect((await trade.sign(team.checker, signed)).body).toMatchObject({ state: 'recorded' });
  });
});
