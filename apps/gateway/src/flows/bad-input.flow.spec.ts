import type { Operation } from '@tallystick/protocol';
import { activeCertificate, invoiceOf, offeredCertificate, yuan, type ActiveCertificate } from '../testing/stories';
import { tradeGateway, type Person, type TradeGateway } from '../testing/trade';

interface Refused {
  status: number;
  body: { code: string; detail: string; rule?: string; errors?: { path: string; code: string; message: string }[] };
}

describe('bad input is told clearly, and nothing changes', () => {
  let trade: TradeGateway;
  let active: ActiveCertificate;
  let core: Person;
  let owner: Person;
  const form = (change: Record<string, unknown> = {}) => ({
    line: active.line,
    creditor: trade.consortium.firms.suppliers[0]!.record.id,
    dueDate: '2026-08-31',
    invoices: [invoiceOf('1000.00')],
    contractNo: 'HT-9',
    ...change,
  });
  const counts = () =>
    trade.rows(
      `SELECT (SELECT count(*) FROM operations)::int AS operations, (SELECT count(*) FROM ledger_submissions)::int AS sent`,
    );

  beforeAll(async () => {
    trade = await tradeGateway();
    active = await activeCertificate(trade);
    core = trade.people(trade.consortium.firms.core).maker;
    owner = trade.people(trade.consortium.firms.suppliers[0]!).maker;
  });
  afterAll(() => trade.close());

  it.each<[string, Record<string, unknown>, string, string]>([
    ['a wrong check digit', { creditor: '91310000MA00UP1010' }, 'USCC_INVALID', 'creditor'],
    [
      'an amount with an exponent',
      { invoices: [{ ...invoiceOf('1'), amount: yuan('1e3') }] },
      'invalid_format',
      'invoices.0.amount.amount',
    ],
    [
      'an amount of zero',
      { invoices: [{ ...invoiceOf('1'), amount: yuan('0') }] },
      'AMOUNT_TOO_SMALL',
      'invoices.0.amount.amount',
    ],
    [
      'a negative amount',
      { invoices: [{ ...invoiceOf('1'), amount: yuan('-1') }] },
      'invalid_format',
      'invoices.0.amount.amount',
    ],
    [
      'a fraction of a cent',
      { invoices: [{ ...invoiceOf('1'), amount: yuan('1.005') }] },
      'invalid_format',
      'invoices.0.amount.amount',
    ],
    [
      'more than the invoice',
      { invoices: [{ ...invoiceOf('1000.00'), amount: yuan('1000.01') }] },
      'INVOICE_OVERCLAIMED',
      'invoices.0.amount',
    ],
    ['a due date in the past', { dueDate: '2026-03-01' }, 'DUE_DATE_PAST', 'dueDate'],
    ['a due date over the tenor', { dueDate: '2027-03-03' }, 'TENOR_EXCEEDED', 'dueDate'],
    ['a long tenor without review', { dueDate: '2026-10-09' }, 'TENOR_NEEDS_REVIEW', 'dueDate'],
    ['a holiday', { dueDate: '2026-06-19' }, 'DUE_DATE_NOT_BUSINESS_DAY', 'dueDate'],
    ['a day that does not exist', { dueDate: '2026-02-30' }, 'custom', 'dueDate'],
    [
      'goods not delivered',
      { invoices: [{ ...invoiceOf('1000.00'), deliveredOn: '2026-03-03' }] },
      'INVOICE_NOT_DELIVERED',
      'invoices.0',
    ],
    ['itself as creditor', { creditor: '91110000MA00CRE01M' }, 'RECEIVER_IS_ISSUER', 'creditor'],
    ['a bank as creditor', { creditor: '91110000MA00BNK01L' }, 'MEMBER_KIND', 'creditor'],
    ['more than the line', { invoices: [invoiceOf('999999999.00')] }, 'LINE_EXCEEDED', 'invoices'],
    ['an unknown field', { status: 'active' }, 'unknown_field', 'status'],
    ['a field named __proto__', JSON.parse('{"__proto__": {"admin": true}}') as Record<string, unknown>, '', ''],
  ])('refuses to issue with %s', async (_, change, code, path) => {
    const before = await counts();
    const body = { ...form(), ...change };
    if (code === '') Object.defineProperty(body, '__proto__', { value: {}, enumerable: true });
    const refused = (await trade.draft(core, '/certificates', body)) as Refused;
    if (code !== '') {
      expect(refused.status).toBeGreaterThanOrEqual(400);
      expect(refused.body.errors?.map((each) => `${each.code} ${each.path}`)).toContain(`${code} ${path}`);
      expect(refused.body.detail).not.toBe('');
      expect(await counts()).toEqual(before);
    } else {
      expect(refused.status).toBe(400);
    }
  });

  it('speaks the reader’s language and names the rule', async () => {
    const say = async (language: string): Promise<Refused['body']> => {
      const headers = { ...core.headers, 'accept-language': language };
      return ((await trade.draft({ ...core, headers }, '/certificates', form({ dueDate: '2027-03-03' }))) as Refused)
        .body;
    };
    expect(await say('zh')).toMatchObject({
      detail: expect.stringContaining('期限超过上限') as string,
      rule: expect.stringContaining('77号') as string,
    });
    expect(await say('en')).toMatchObject({ detail: expect.stringContaining('2027-03-02') as string });
  });

  it('names the certificate in a list of several, and finds fields of all of them', async () => {
    const refused = (await trade.draft(core, '/certificates', {
      certificates: [form(), form({ dueDate: '2026-03-01' })],
    })) as Refused;
    expect(refused.body.errors).toMatchObject([{ path: 'certificates.1.dueDate', code: 'DUE_DATE_PAST' }]);
    const two = (await trade.draft(core, '/certificates', {
      certificates: [form({ line: 'x' }), form({ dueDate: 7 })],
    })) as Refused;
    expect(two.body.errors?.map(({ path }) => path)).toEqual(['certificates.0.line', 'certificates.1.dueDate']);
  });

  it.each<[string, unknown, string, string]>([
    ['above what is held', '1000000.01', 'AMOUNT_EXCEEDS_HOLDING', ''],
    ['with a remainder too small', '999999.99', 'HOLDING_TOO_SMALL', ''],
    ['of zero', '0.00', 'AMOUNT_TOO_SMALL', 'receivers.0.amount.amount'],
  ])('refuses an offer %s', async (_, amount, code, path) => {
    const receivers = [
      {
        member: trade.consortium.firms.suppliers[1]!.record.id,
        amount: yuan(String(amount)),
        background: { contractNo: 'x' },
      },
    ];
    const refused = (await trade.draft(owner, `/holdings/${active.holding}/transfers`, { receivers })) as Refused;
    if (path === '') expect(refused.body.code).toBe(code);
    else expect(refused.body.errors).toContainEqual(expect.objectContaining({ path, code }));
  });

  it('knows no foreign records: not to read, not to act on', async () => {
    const stranger = trade.people(trade.consortium.firms.suppliers[3]!);
    const line = active.line;
    const other = await offeredCertificate(trade, line);
    for (const path of [
      `/certificates/${other}/acceptance`,
      `/certificates/${active.certificate}/settlements`,
      `/holdings/${active.holding}/financings`,
      `/transfers/${active.holding}/acceptance`,
      `/financings/${active.certificate}/quotes`,
      `/lines/${line}/changes`,
    ]) {
      const bodies: Record<string, unknown> = {
        financings: { amount: yuan('1.00'), banks: ['91110000MA00BNK01L'], recourse: false },
        quotes: { rate: '4.00' },
        changes: { limit: yuan('1.00'), until: '2026-12-31' },
      };
      const refused = (await trade.draft(stranger.maker, path, bodies[path.split('/').at(-1) ?? ''] ?? {})) as Refused;
      expect([path, refused.status]).toEqual([path, 404]);
    }
    const drafted = (await trade.draft(core, '/certificates', form())).body as Operation;
    const foreign = await trade.request('GET', `/operations/${drafted.id}`, { headers: stranger.maker.headers });
    expect(foreign.status).toBe(404);
  });

  it('answers a second click with the first answer, and other content under the same key with a refusal', async () => {
    const headers = { ...core.headers, 'idempotency-key': 'a-second-click-1' };
    const body = form();
    const click = () => trade.request('POST', '/certificates', { headers, body });
    const before = (await counts())[0] as { operations: number };
    const [one, two] = [await click(), await click()];
    expect((await one.json()) as Operation).toEqual(await two.json());
    expect((await counts())[0]).toMatchObject({ operations: before.operations + 1 });
    const other = await trade.request('POST', '/certificates', { headers, body: form({ contractNo: 'other' }) });
    expect([other.status, ((await other.json()) as Refused['body']).code]).toEqual([422, 'INSTRUCTION_ID_REUSED']);
  });

  it('refuses an offer that lapsed, and one to a suspended receiver', async () => {
    const { operator, suppliers } = trade.consortium.firms;
    const to = suppliers[1]!;
    const offer = (amount: string) =>
      trade.done(suppliers[0]!, `/holdings/${active.holding}/transfers`, {
        receivers: [{ member: to.record.id, amount: yuan(amount), background: { contractNo: 'x' } }],
      });
    const offered = await offer('1000.00');
    expect(offered.state).toBe('recorded');
    const { body } = offered.steps[0]!.instruction!;
    active.holding = (body['remainder'] as { id: string }).id;
    const [{ order }] = body['offers'] as [{ order: string }];
    trade.consortium.goTo('2026-03-20');
    const late = (await trade.draft(trade.people(to).maker, `/transfers/${order}/acceptance`)) as Refused;
    expect([late.status, late.body.code]).toEqual([409, 'OFFER_OVER']);

    const suspended = await trade.done(operator, `/members/${to.record.id}/status`, {
      status: 'suspended',
      reason: 'trial',
    });
    expect(suspended.state).toBe('recorded');
    const receivers = [{ member: to.record.id, amount: yuan('1000.00'), background: { contractNo: 'x' } }];
    const refused = (await trade.draft(owner, `/holdings/${active.holding}/transfers`, { receivers })) as Refused;
    expect(refused.body).toMatchObject({ code: 'MEMBER_SUSPENDED', errors: [{ path: 'receivers.0.member' }] });
  });

  it('refuses XML with a document type, other documents and other media, and takes a UBL invoice', async () => {
    const send = async (type: string, body: string) => {
      const headers = { ...core.headers, 'content-type': type };
      const answer = await fetch(`${trade.url}/api/v1/invoice-files`, { method: 'POST', headers, body });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    const invoice = '<Invoice><ID>1</ID><DocumentCurrencyCode>EUR</DocumentCurrencyCode></Invoice>';
    expect(await send('application/xml', `<!DOCTYPE Invoice [<!ENTITY a "b">]>${invoice}`)).toMatchObject({
      status: 422,
      body: { code: 'XML_DOCTYPE' },
    });
    expect(await send('application/xml', '<Order/>')).toMatchObject({ status: 422, body: { code: 'NOT_AN_INVOICE' } });
    expect(await send('text/plain', invoice)).toMatchObject({ status: 415 });
    expect(await send('application/xml', 'x'.repeat(2_000_000))).toMatchObject({ status: 413 });
    const read = await send('application/xml', invoice);
    expect(read).toMatchObject({ status: 200, body: { form: { invoices: [{ number: '1' }] } } });
    expect(JSON.stringify(read.body['notices'])).toContain('OTHER_CURRENCY');
  });
});
