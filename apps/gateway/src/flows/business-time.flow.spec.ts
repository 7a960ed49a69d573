import type { Operation } from '@tallystick/protocol';
import { lineOf, offeredCertificate } from '../testing/stories';
import { tradeGateway, type Person, type TradeGateway } from '../testing/trade';

interface Told {
  history: { fn: string; at: string; recordedAt: string }[];
}

describe('when something happened, on a network whose clock was moved', () => {
  let trade: TradeGateway;
  beforeAll(async () => {
    trade = await tradeGateway();
  });
  afterAll(() => trade.close());

  const read = async <T>(person: Person, path: string): Promise<T> =>
    (await (await trade.request('GET', path, { headers: person.headers })).json()) as T;

  it('is told in the business time of that day, whatever the clock says since', async () => {
    const { operator, core, suppliers } = trade.consortium.firms;
    const line = await lineOf(trade);
    const certificate = await offeredCertificate(trade, line);
    const moved = await trade.done(operator, '/network/clock', { date: '2026-03-10' });
    expect(moved.state).toBe('recorded');
    await trade.caughtUp();
    const accepted = await trade.done(suppliers[0]!, `/certificates/${certificate}/acceptance`);
    expect(accepted.state).toBe('recorded');
    await trade.done(operator, '/network/clock', { date: '2026-04-01' });
    await trade.caughtUp();

    const { history } = await read<Told>(trade.people(core).maker, `/certificates/${certificate}`);
    const days = history.map(({ fn, at, recordedAt }) => [fn, at.slice(0, 10), recordedAt.slice(0, 10)]);
    expect(days).toEqual([
      ['issueMany', '2026-03-02', '2026-03-02'],
      ['accept', '2026-03-10', '2026-03-02'],
    ]);
    // Operations are dated by the gateway's own clock, which is later than all of the consortium's here.
    const { createdAt } = await read<Operation>(trade.people(suppliers[0]!).maker, `/operations/${accepted.id}`);
    expect(Date.parse(createdAt) - Date.now()).toBeGreaterThan(29 * 86_400_000);
  });
});
