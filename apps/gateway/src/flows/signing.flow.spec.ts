import { randomHex } from '@tallystick/crypto';
import { signatory } from '@tallystick/chaincode/testing';
import { buildSteps, signSteps, type Operation, type SignatureForm } from '@tallystick/protocol';
import { instructionKey } from '@tallystick/crypto';
import { activeCertificate, invoiceOf, lineOf, until, yuan, type ActiveCertificate } from '../testing/stories';
import { signatureForm, tradeGateway, type Person, type TradeGateway } from '../testing/trade';

interface Refused {
  status: number;
  body: { code: string; errors?: { path: string }[] };
}

describe('signatures', () => {
  let trade: TradeGateway;
  let active: ActiveCertificate;
  let team: Record<'maker' | 'checker' | 'risk', Person>;
  beforeAll(async () => {
    trade = await tradeGateway();
    active = await activeCertificate(trade);
    team = trade.people(trade.consortium.firms.suppliers[0]!);
  });
  afterAll(() => trade.close());

  const drafted = async (amount = '1000.00'): Promise<Operation> => {
    const receivers = [
      { member: trade.consortium.firms.suppliers[1]!.record.id, amount: yuan(amount), background: { contractNo: 'x' } },
    ];
    return (await trade.draft(team.maker, `/holdings/${active.holding}/transfers`, { receivers })).body as Operation;
  };
  const send = async (person: Person, id: string, body: SignatureForm): Promise<Refused> => {
    const answer = await trade.request('POST', `/operations/${id}/signatures`, { headers: person.headers, body });
    return { status: answer.status, body: (await answer.json()) as Refused['body'] };
  };

  it('of another form than was asked are refused, whatever field differs', async () => {
    const operation = await drafted();
    for (const change of [
      { until: '2026-03-04T09:00:00.000Z' },
      { to: [{ ...(operation.steps[0]!.input['to'] as object[])[0], amountFen: '100001' }] },
      {
        to: [
          {
            ...(operation.steps[0]!.input['to'] as object[])[0],
            receiver: trade.consortium.firms.suppliers[2]!.record.id,
          },
        ],
      },
    ]) {
      const [step] = operation.steps;
      const built = buildSteps([{ ...step!, input: { ...step!.input, ...change } }], randomHex);
      const steps = await signSteps(built, { ...signatory(team.maker.firm, 'maker'), role: 'maker' }, true);
      const refused = await send(team.maker, operation.id, { role: 'maker', steps });
      expect([refused.status, refused.body.code]).toEqual([422, 'FORM_MISMATCH']);
    }
    const [step] = operation.steps;
    const longer = { ...step!, author: { ...step!.author, notAfter: '2026-03-31T00:00:00.000Z' } };
    const steps = await signSteps(
      buildSteps([longer], randomHex),
      { ...signatory(team.maker.firm, 'maker'), role: 'maker' },
      true,
    );
    expect((await send(team.maker, operation.id, { role: 'maker', steps })).body.code).toBe('FORM_MISMATCH');
  });

  it('need a maker first and another person as checker, each with a key of its own', async () => {
    const operation = await drafted();
    const wait = async (person: Person, form: SignatureForm) => (await send(person, operation.id, form)).body.code;
    const byMaker = await signatureForm(team.maker, operation);
    expect(await wait(team.checker, { ...byMaker, role: 'checker' })).toBe('ROLE_MISSING');
    // The maker's account with the checker's key.
    const built = buildSteps(operation.steps, randomHex);
    const borrowed = await signSteps(built, { ...signatory(team.maker.firm, 'checker'), role: 'maker' }, true);
    expect(await wait(team.maker, { role: 'maker', steps: borrowed })).toBe('KEY_UNKNOWN');
    const [first] = byMaker.steps;
    const sig = first!.signature.sig.replace(/^./u, (digit) => (digit === '0' ? '1' : '0'));
    expect(
      await wait(team.maker, { role: 'maker', steps: [{ ...first!, signature: { ...first!.signature, sig } }] }),
    ).toBe('SIG_INVALID');
    expect((await trade.sign(team.maker, operation, 0)).status).toBe(200);
    // A second click changes nothing; the same person as checker is refused.
    const form = { ...byMaker };
    const waiting = (await (
      await trade.request('GET', `/operations/${operation.id}`, { headers: team.maker.headers })
    ).json()) as Operation;
    expect(waiting).toMatchObject({
      state: 'toCheck',
      needs: ['checker'],
      can: { sign: { allowed: false, code: 'SAME_PERSON' } },
    });
    expect((await send(team.maker, operation.id, form)).body.code).toBe('SAME_PERSON');
    const returned = await trade.request('POST', `/operations/${operation.id}/return`, {
      headers: team.checker.headers,
      body: { reason: 'amount' },
    });
    expect(await returned.json()).toMatchObject({ state: 'returned', note: 'amount' });
    const checked = await signatureForm(team.checker, waiting);
    expect((await send(team.checker, operation.id, checked)).body.code).toBe('ORDER_STATE');
  });

  it('one person suffices up to the solo limit', async () => {
    const { suppliers } = trade.consortium.firms;
    const third = suppliers[2]!;
    const limited = await trade.done(third, '/members/me/solo-limit', { limit: yuan('5000.00') });
    expect(limited.state).toBe('recorded');
    const receivers = [{ member: third.record.id, amount: yuan('5000.00'), background: { contractNo: 'x' } }];
    const offered = await trade.done(suppliers[0]!, `/holdings/${active.holding}/transfers`, { receivers });
    const { body } = offered.steps[0]!.instruction!;
    active.holding = (body['remainder'] as { id: string }).id;
    const [{ order }] = body['offers'] as [{ order: string }];
    const operation = (await trade.draft(trade.people(third).maker, `/transfers/${order}/acceptance`))
      .body as Operation;
    const signed = (await trade.sign(trade.people(third).maker, operation)).body as Operation;
    expect(signed).toMatchObject({ state: 'recorded', signatures: [{ role: 'maker' }] });
  });

  it('a gateway that changes any part of what was signed is refused by the contract', async () => {
    const operation = await drafted();
    await trade.sign(team.maker, operation, 0);
    const waiting = (await (
      await trade.request('GET', `/operations/${operation.id}`, { headers: team.checker.headers })
    ).json()) as Operation;
    const form = await signatureForm(team.checker, waiting);
    // The database's owner waits for the last signature, and swaps the receiver's secret before the worker reads it.
    await trade.rows(`CREATE FUNCTION swap() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.signed := replace(NEW.signed, '${trade.consortium.firms.suppliers[1]!.record.id}', '${trade.consortium.firms.suppliers[3]!.record.id}');
      RETURN NEW; END $$`);
    await trade.rows('CREATE TRIGGER swap BEFORE INSERT ON ledger_submissions FOR EACH ROW EXECUTE FUNCTION swap()');
    try {
      const headers = { ...team.checker.headers, prefer: 'wait=20' };
      const answer = await trade.request('POST', `/operations/${operation.id}/signatures`, { headers, body: form });
      expect((await answer.json()) as Operation).toMatchObject({
        state: 'refused',
        steps: [{ state: 'refused', refusal: { code: 'OPENING_MISMATCH' } }],
      });
    } finally {
      await trade.rows('DROP TRIGGER swap ON ledger_submissions');
      await trade.rows('DROP FUNCTION swap');
    }
    const key = instructionKey(waiting.steps[0]!.instruction!);
    expect(await trade.record('Instruction', key)).toBeNull();
  });

  it('issues under one line go out together, and a bad one does not hold up the others', async () => {
    const { core, suppliers } = trade.consortium.firms;
    const people = trade.people(core);
    const line = await lineOf(trade, '5000.00');
    const issue = (amount: string) => ({
      line,
      creditor: suppliers[0]!.record.id,
      dueDate: '2026-08-31',
      invoices: [invoiceOf(amount)],
      contractNo: 'x',
    });
    const operations: Operation[] = [];
    for (const amount of ['1000.00', '3000.00', '2000.00', '500.00']) {
      const operation = (await trade.draft(people.maker, '/certificates', issue(amount))).body as Operation;
      operations.push((await trade.sign(people.maker, operation, 0)).body as Operation);
    }
    await Promise.all(operations.map((operation) => trade.sign(people.checker, operation, 0)));
    const states = async () =>
      Promise.all(
        operations.map(
          async ({ id }) =>
            (
              (await (
                await trade.request('GET', `/operations/${id}`, { headers: people.maker.headers })
              ).json()) as Operation
            ).state,
        ),
      );
    await until(async () => (await states()).every((state) => state === 'recorded' || state === 'refused'));
    expect((await states()).filter((state) => state === 'refused')).toHaveLength(1);
    const used = (await trade.opening('CoreMSP', 'Line', line))?.usedFen;
    expect(Number(used)).toBeLessThanOrEqual(500_000);
  });

  it('leave no private key and no password behind', async () => {
    const { firms } = trade.consortium;
    const secrets = [firms.core, firms.bankA, ...firms.suppliers].flatMap(({ privateKeys }) => [
      ...(privateKeys?.values() ?? []),
    ]);
    expect(secrets.length).toBeGreaterThan(20);
    const tables = await trade.rows(
      `SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'graphile_worker')`,
    );
    for (const { schemaname, tablename } of tables) {
      const rows = await trade.rows(
        `SELECT row_to_json(t)::text AS row FROM ${String(schemaname)}.${String(tablename)} t`,
      );
      for (const { row } of rows) {
        for (const secret of secrets)
          if (String(row).includes(secret)) throw new Error(`${String(tablename)} holds a private key`);
      }
    }
  });
});
