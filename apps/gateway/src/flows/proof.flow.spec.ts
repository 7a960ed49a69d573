import type { Operation } from '@tallystick/protocol';
import { activeCertificate, yuan } from '../testing/stories';
import { tradeGateway, type TradeGateway } from '../testing/trade';

const body = (operation: Operation): Record<string, unknown> => operation.steps[0]?.instruction?.body ?? {};
const CHECKLIST = { documents: true, occupancy: true, fingerprint: true, limits: true, registrySearch: true };
const UNPROVEN = { code: 'OPENING_MISMATCH', details: { record: 'Instruction' } };

describe('a holding whose valid instruction a reader lacks (§3.3)', () => {
  let trade: TradeGateway;
  let order: string;
  let piece: string;
  let certificate: string;
  beforeAll(async () => {
    trade = await tradeGateway();
    const { bankB, suppliers } = trade.consortium.firms;
    const active = await activeCertificate(trade);
    certificate = active.certificate;
    const applied = await trade.done(suppliers[0]!, `/holdings/${active.holding}/financings`, {
      amount: yuan('400000.00'),
      banks: [bankB.record.id],
      recourse: false,
    });
    order = body(applied)['order'] as string;
    piece = (body(applied)['piece'] as { id: string }).id;
    const quoted = await trade.done(bankB, `/financings/${order}/quotes`, { rate: '4.10' });
    const quote = body(quoted)['quote'] as string;
    await trade.done(suppliers[0]!, `/financings/${order}/quotes/${quote}/acceptance`);
  });
  afterAll(() => trade.close());

  /** Whether bank B's gateway saw the instruction behind the opening. */
  const proved = async (ref: string, to?: boolean): Promise<unknown> => {
    const where = `org = 'BankBMSP' AND ref = $1`;
    if (to !== undefined) await trade.rows(`UPDATE opening SET proved = $2 WHERE ${where}`, [ref, to]);
    return (await trade.rows(`SELECT proved FROM opening WHERE ${where}`, [ref]))[0]?.['proved'];
  };

  it('is proven at a bank that is only invited', async () => {
    expect(await proved(`Holding/${piece}`)).toBe(true);
    expect(await proved(`Certificate/${certificate}`)).toBe(true);
  });

  it('is neither approved nor paid out, whatever the bank’s people ask for', async () => {
    const { bankB, suppliers } = trade.consortium.firms;
    const { maker } = trade.people(bankB);
    for (const ref of [`Holding/${piece}`, `Certificate/${certificate}`]) {
      await proved(ref, false);
      const refused = await trade.draft(maker, `/financings/${order}/approval`, { checklist: CHECKLIST });
      expect(refused).toMatchObject({ status: 422, body: UNPROVEN });
      await proved(ref, true);
    }
    expect(await trade.done(bankB, `/financings/${order}/approval`, { checklist: CHECKLIST })).toMatchObject({
      state: 'recorded',
    });
    await trade.done(suppliers[0]!, `/financings/${order}/signature`);
    await trade.done(bankB, `/financings/${order}/signature`);
    await proved(`Holding/${piece}`, false);
    const refused = await trade.draft(maker, `/financings/${order}/disbursement`);
    expect(refused).toMatchObject({ status: 422, body: UNPROVEN });
    await proved(`Holding/${piece}`, true);
  });

  it('is not sent to the ledger either, when the proof was lost after people had signed', async () => {
    const { bankB } = trade.consortium.firms;
    const { maker, checker } = trade.people(bankB);
    const drafted = (await trade.draft(maker, `/financings/${order}/disbursement`)).body as Operation;
    const signed = (await trade.sign(maker, drafted, 0)).body as Operation;
    await proved(`Holding/${piece}`, false);
    await trade.sign(checker, signed, 20);
    expect(await trade.record('Order', order)).toMatchObject({ state: 'agreed' });
  });
});
