import { Consortium, OPERATOR, type Firm } from '@tallystick/chaincode/testing';
import { Database } from '../database/database';
import { smallTrade, type SmallTrade } from '../testing/projection';
import { tradeGateway, type TradeGateway } from '../testing/trade';
import { ReadModelModule } from './read-model.module';

interface Item {
  id: string;
  [field: string]: unknown;
}

describe('reading', () => {
  let consortium: Consortium;
  let trade: SmallTrade;
  let gateway: TradeGateway;

  beforeAll(async () => {
    consortium = await Consortium.open();
    trade = await smallTrade(consortium);
    gateway = await tradeGateway({ consortium, modules: [ReadModelModule] });
  });
  afterAll(async () => {
    await gateway.close();
    await consortium.close();
  });

  const ask = async (
    firm: Firm,
    path: string,
  ): Promise<{ status: number; body: Record<string, unknown>; text: string }> => {
    const response = await gateway.request('GET', path, { headers: gateway.people(firm).maker.headers });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text) as Record<string, unknown>, text };
  };
  const list = async (firm: Firm, path: string): Promise<Item[]> => {
    const { status, body, text } = await ask(firm, path);
    if (status !== 200) throw new Error(`${path}: ${text}`);
    return body['items'] as Item[];
  };
  const get = async (firm: Firm, path: string): Promise<Item> => {
    const { status, body, text } = await ask(firm, path);
    if (status !== 200) throw new Error(`${path}: ${text}`);
    return body as Item;
  };

  it('shows a certificate to issuer, creditor, holders and paying bank, with what each may do', async () => {
    const { core, bankA } = consortium.firms;
    for (const [firm, roles] of [
      [core, ['issuer']],
      [bankA, ['bank', 'witness']],
      [trade.first, ['creditor', 'holder']],
    ] as const) {
      const [certificate] = await list(firm, '/certificates');
      expect(certificate).toMatchObject({
        roles,
        state: 'active',
        phase: 'active',
        face: { amount: '1000000.00', currency: 'CNY' },
        outstanding: { amount: '1000000.00' },
        issuer: { id: core.record.id },
        firstCreditor: { id: trade.first.record.id },
        opening: 'present',
        counterfeit: null,
        can: { accept: { allowed: false }, settle: { allowed: false } },
      });
    }
    const [own] = await list(core, '/certificates?role=issued');
    expect(own?.['can']).toMatchObject({
      settle: { code: 'SETTLEMENT_TOO_EARLY', reason: expect.stringContaining('2026') as string },
    });
  });

  it('draws the strip: own parts with amounts, the rest hatched without; the issuer sees all', async () => {
    const id = trade.active.certificate.certificate;
    const { strip } = (await get(trade.third, `/certificates/${id}`)) as unknown as {
      strip: { state: string; amount?: { amount: string } }[];
    };
    expect(strip).toContainEqual(
      expect.objectContaining({ state: 'mine', amount: { amount: '250000.00', currency: 'CNY' } }),
    );
    expect(strip.filter(({ state }) => state === 'hatched')).toEqual([
      { holdingId: null, from: null, to: null, state: 'hatched' },
    ]);
    const whole = (await get(consortium.firms.core, `/certificates/${id}`)) as unknown as {
      strip: { state: string; from: string; to: string }[];
      history: { fn: string }[];
    };
    expect(whole.strip.some(({ state }) => state === 'hatched')).toBe(false);
    expect(whole.strip[0]?.from).toBe('1');
    expect(whole.strip.at(-1)?.to).toBe('100000000');
    whole.strip.reduce((end, part) => {
      expect(BigInt(part.from)).toBe(end + 1n);
      return BigInt(part.to);
    }, 0n);
    expect(whole.history.map(({ fn }) => fn)).toEqual(expect.arrayContaining(['issueMany', 'accept', 'offer']));
  });

  it('tells a holder nothing of what other holders do with their parts', async () => {
    const id = trade.active.certificate.certificate;
    const { body, text } = await ask(trade.third, `/certificates/${id}`);
    const history = body['history'] as { fn: string; by?: { id: string } }[];
    expect(history.map(({ fn }) => fn)).not.toContain('apply');
    expect(text).not.toContain(trade.quoteA.quote.order);
    const actors = new Set(history.map(({ by }) => by?.id).filter((each) => each !== undefined));
    const { core } = consortium.firms;
    for (const actor of actors)
      expect([core, trade.first, trade.second, trade.third].map(({ record }) => record.id)).toContain(actor);
    const offersOfFirst = history.filter(({ fn, by }) => fn === 'offer' && by?.id === trade.first.record.id);
    expect(offersOfFirst).toEqual([]);
  });

  it('lists holdings with their locks and totals', async () => {
    const free = await list(trade.second, '/holdings?state=free');
    expect(free.map(({ amount }) => amount)).toEqual([{ amount: '150000.00', currency: 'CNY' }]);
    expect(free[0]?.['can']).toMatchObject({ transfer: { allowed: true }, finance: { allowed: true } });
    const [locked] = await list(trade.second, '/holdings?state=locked');
    expect(locked).toMatchObject({
      amount: { amount: '100000.00' },
      lock: { kind: 'transfer' },
      can: { transfer: { code: 'HOLDING_LOCKED' } },
    });
    const [financed] = await list(trade.first, '/holdings?state=locked');
    expect(financed).toMatchObject({ amount: { amount: '200000.00' }, lock: { kind: 'financing' } });
    expect((await get(trade.first, '/summary'))['held']).toMatchObject({
      total: { amount: '500000.00' },
      free: { amount: '300000.00' },
      locked: { amount: '200000.00' },
    });
  });

  it('shows an offer to both sides and puts it into the receiver’s inbox', async () => {
    const [incoming] = await list(trade.third, '/transfers?direction=in&state=open');
    expect(incoming).toMatchObject({
      amount: { amount: '100000.00' },
      state: 'open',
      can: { accept: { allowed: true }, withdraw: { code: 'NOT_OWNER' } },
    });
    const [outgoing] = await list(trade.second, '/transfers?direction=out&state=open');
    expect(outgoing).toMatchObject({
      id: incoming?.id,
      can: { withdraw: { allowed: true }, accept: { code: 'NOT_RECEIVER' } },
    });
    expect(await list(trade.third, '/inbox')).toContainEqual(
      expect.objectContaining({ kind: 'transfer.accept', subject: { type: 'transfer', id: incoming?.id } }),
    );
  });

  it('shows each bank its own quote only, in whatever it asks (I25)', async () => {
    const { bankA, bankB } = consortium.firms;
    const [asked] = await list(trade.first, '/financings');
    expect((asked?.['quotes'] as Item[]).map(({ rate }) => rate).sort()).toEqual(['4.17', '4.35']);
    expect(asked?.['stage']).toBe('quoted');
    for (const [bank, own, other] of [
      [bankA, trade.quoteA, trade.quoteB],
      [bankB, trade.quoteB, trade.quoteA],
    ] as const) {
      const [order] = await list(bank, '/financings');
      expect((order?.['quotes'] as Item[]).map(({ id }) => id)).toEqual([own.quote.quote]);
      for (const path of await everyPath(bank)) {
        const { text } = await ask(bank, path);
        expect(text).not.toContain(other.quote.quote);
        expect(text).not.toContain(other.quote.termsSalt);
      }
    }
  });

  /** Lists, and every record that anybody's list names. */
  async function everyPath(reader?: Firm): Promise<string[]> {
    const nouns = ['certificates', 'holdings', 'transfers', 'financings', 'settlements', 'lines'];
    const lists = [...nouns, 'payments', 'inbox', 'summary', 'members', 'network'].map((noun) => `/${noun}`);
    const { core, bankA, bankB } = consortium.firms;
    const readers = reader === undefined ? [core, bankA, bankB, trade.first, trade.second, trade.third] : [reader];
    const ids = new Set<string>();
    for (const each of readers)
      for (const noun of nouns) for (const { id } of await list(each, `/${noun}`)) ids.add(`/${noun}/${id}`);
    return [...lists, ...ids];
  }

  it('gives a stranger on the same gateway nothing: empty lists, and 404 for every id there is (I24, X27)', async () => {
    const { stranger } = trade;
    const paths = await everyPath();
    expect(paths.length).toBeGreaterThan(15);
    for (const path of paths) {
      const { status, body } = await ask(stranger, path);
      if (path.split('/').length === 3) expect([path, status, body['code']]).toEqual([path, 404, 'NOT_FOUND']);
      else if (!['/members', '/network', '/summary'].includes(path)) expect([path, body['items']]).toEqual([path, []]);
    }
  });

  it('shows no row of another hosted supplier even without the query’s own filter (row-level security)', async () => {
    const database = gateway.app.get(Database);
    const scope = { org: OPERATOR, member: trade.stranger.record.id };
    for (const table of ['opening', 'signed_instruction', 'sight']) {
      const rows = await database.withMember(
        scope,
        (manager) => manager.query(`SELECT * FROM ${table}`) as Promise<unknown[]>,
      );
      expect([table, rows]).toEqual([table, []]);
      const forged = database.withMember(scope, (manager) =>
        manager.query(
          `INSERT INTO sight (org, member, ref, type, roles, sort) VALUES ('${OPERATOR}', '${scope.member}', 'Holding/x', 'Holding', '{owner}', '')`,
        ),
      );
      await expect(forged).rejects.toThrow(/row-level security/);
    }
    const third = { org: OPERATOR, member: trade.third.record.id };
    const seen = await database.withMember(
      third,
      (manager) => manager.query(`SELECT ref FROM opening WHERE type = 'Holding'`) as Promise<{ ref: string }[]>,
    );
    // Its own holding, the piece offered to it now, and the piece that it accepted before.
    expect(seen.map(({ ref }) => ref)).toEqual(
      expect.arrayContaining([`Holding/${trade.passed.holding.holding}`, `Holding/${trade.waiting.holding.holding}`]),
    );
    expect(seen).toHaveLength(3);
  });

  it('pages by cursor without gap or repetition, and refuses a cursor of another list', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await ask(
        consortium.firms.core,
        `/members?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...(body['items'] as Item[]).map(({ id }) => id));
      cursor = body['nextCursor'] as string | null;
      if (cursor !== null)
        expect((await ask(consortium.firms.core, `/certificates?cursor=${cursor}`)).status).toBe(400);
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(9);
  });

  it('finds certificates by number, firm, phase and due date', async () => {
    const { core } = consortium.firms;
    const [certificate] = await list(core, '/certificates');
    const no = certificate?.['no'] as string;
    for (const [query, count] of [
      [`q=${no}`, 1],
      ['q=TS1999', 0],
      [`q=${encodeURIComponent('供应商1号')}`, 1],
      ['state=active', 1],
      ['state=overdue', 0],
      ['dueFrom=2026-07-01', 0],
      ['dueTo=2026-06-30', 1],
    ] as const) {
      expect([query, (await list(core, `/certificates?${query}`)).length]).toEqual([query, count]);
    }
  });

  it('compares the read model with the ledger, and names a row that was changed behind its back', async () => {
    const { operator } = consortium.firms;
    const run = async () => {
      const response = await gateway.request('POST', '/reconciliation', {
        headers: gateway.people(operator).maker.headers,
      });
      return (await response.json()) as { differences: { ref: string; what: string }[]; records: number };
    };
    const clean = await run();
    expect(clean.differences).toEqual([]);
    expect(clean.records).toBeGreaterThan(20);
    const database = gateway.app.get(Database);
    const ref = `Holding/${trade.passed.holding.holding}`;
    await database.withSystem((manager) =>
      manager.query(`UPDATE record SET body = body || '{"depth": 9}' WHERE org = $1 AND ref = $2`, [OPERATOR, ref]),
    );
    await database.withSystem((manager) =>
      manager.query(`DELETE FROM sight WHERE org = $1 AND ref = $2`, [
        OPERATOR,
        `Order/${trade.waiting.transfer.order}`,
      ]),
    );
    const { differences } = await run();
    expect(differences).toContainEqual({ ref, what: 'RECORD_DIFFERS' });
    expect(differences).toContainEqual({ ref: `Order/${trade.waiting.transfer.order}`, what: 'SIGHT_MISSING' });
  });

  it('lets those compare who run an organisation’s node, each its own, and nobody who is only hosted', async () => {
    const { core, bankA } = consortium.firms;
    for (const firm of [core, bankA]) {
      const { status, body } = await ask(firm, '/reconciliation');
      expect([status, body['org']]).toEqual([200, firm.record.host]);
    }
    expect((await ask(trade.first, '/reconciliation')).status).toBe(404);
  });
});
