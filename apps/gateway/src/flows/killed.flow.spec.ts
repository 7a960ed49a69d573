import { acceptCertificate, cny, grantLine, issue, type Firm, type Money } from '@tallystick/client';
import { addDays, formatAmount, parseAmount, sumFen } from '@tallystick/domain';
import type { Operation } from '@tallystick/protocol';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { Logins } from '../platform/logins';
import { openFirm } from '../platform/sign-in';
import { onboard } from '../seed/onboarding';
import { testDatabase, type TestDatabase } from '../testing/database';
import type { Doom } from '../testing/mortal.main';

const CERTIFICATES = 6;
const FACE = parseAmount('1000000.00');
const PIECE = cny('1000.00');
const OPEN = ['queued', 'submitted', 'unknown'];

describe('a gateway that is killed in the middle of submissions', () => {
  let [home, database, url]: [string, TestDatabase, string] = ['', undefined as never, ''];
  let [child, port]: [ChildProcess, number] = [undefined as never, 0];
  let [from, to, operator]: Firm[] = [];
  let certificates: { id: string; holding: string }[] = [];

  const start = async (): Promise<void> => {
    child = fork(path.join(__dirname, '../testing/mortal.main.ts'), {
      execArgv: ['--require', path.join(__dirname, '../testing/from-source.cjs')],
      env: {
        PATH: process.env['PATH'] ?? '',
        NODE_ENV: 'test',
        PORT: String(port),
        TALLYSTICK_HOME: home,
        SERVER_SECRET: 'a secret for tests, thirty-two long',
        LOG_LEVEL: 'silent',
        LOGIN_ATTEMPTS_PER_MINUTE: '10000',
        DATABASE_URL: database.databaseUrl,
        DATABASE_OWNER_URL: database.databaseOwnerUrl,
        LEDGER_DATABASE_URL: database.ledgerDatabaseUrl,
      },
    });
    const told = once(child, 'message') as Promise<[{ url: string }]>;
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the gateway ended with ${String(code)}`);
    });
    told.catch(() => undefined);
    ended.catch(() => undefined);
    [{ url }] = await Promise.race([told, ended]);
  };

  beforeAll(async () => {
    home = mkdtempSync(path.join(tmpdir(), 'tallystick-killed-'));
    [database, port] = [await testDatabase(), await freePort()];
    await start();
    const [logins, gatewayOf] = [new Logins(home), () => url];
    operator = await openFirm(gatewayOf, logins.all(), 'operator');
    await onboard(['river', 'jingwei', 'casting1', 'steel2'], {
      logins,
      operator,
      gatewayOf,
      progress: () => undefined,
    });
    const open = (name: string) => openFirm(gatewayOf, logins.all(), name);
    const [bank, core] = await Promise.all([open('river'), open('jingwei')]);
    [from, to] = await Promise.all([open('casting1'), open('steel2')]);
    certificates = await activeCertificates(bank, core, from);
  }, 120_000);

  afterAll(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    await database.drop();
    rmSync(home, { recursive: true, force: true });
  });

  const ask = async (sql: string): Promise<Record<string, string>[]> => {
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    const { rows } = await client.query<Record<string, string>>(sql);
    await client.end();
    return rows;
  };

  /** Gives commands all at once, has the process die in the middle of them, and starts it again. */
  const killedDuring = async (doom: Doom, commands: (() => Promise<unknown>)[]): Promise<void> => {
    const death = once(child, 'exit');
    child.send(doom);
    await Promise.allSettled(commands.map((command) => command()));
    expect(await death).toEqual([null, 'SIGKILL']);
    // It died in the middle indeed: signed instructions had not come to their end.
    expect((await ask(`SELECT state FROM ledger_submissions WHERE state <> 'recorded'`)).length).toBeGreaterThan(0);
    await start();
  };

  /** Everything that people signed in full is on the ledger, once; what the read model shows is what the ledger says. */
  const expectNothingLostOrDoubled = async (kind: string, fn: string): Promise<Operation[]> => {
    let operations: Operation[] = [];
    for (const firm of [from, to]) {
      for (const end = performance.now() + 40_000; ;) {
        const all = await firm!.all<Operation>('/operations');
        operations = [...operations.filter(({ id }) => !all.some((each) => each.id === id)), ...all];
        if (!all.some(({ state }) => OPEN.includes(state)) || performance.now() > end) break;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
    const ours = operations.filter((operation) => operation.kind === kind);
    const signed = await ask(`SELECT operation_id AS id FROM operation_signatures WHERE role = 'checker'`);
    const complete = ours.filter(({ id }) => signed.some((each) => each['id'] === id));
    expect(complete.length).toBeGreaterThan(0);
    expect(complete.map(({ state }) => state)).toEqual(complete.map(() => 'recorded'));
    expect(ours.filter(({ state }) => state === 'recorded')).toHaveLength(complete.length);
    const inBlocks = await ask(
      `SELECT tx_id FROM ledger_transaction WHERE org = 'OperatorMSP' AND contract = 'transfer' AND fn = '${fn}' AND code = 0`,
    );
    expect(inBlocks).toHaveLength(complete.length);
    for (const { id } of certificates) {
      const parts = [from, to].map((firm) => firm!.all<{ amount?: Money }>(`/holdings?state=all&certificate=${id}`));
      const amounts = (await Promise.all(parts)).flat().map(({ amount }) => parseAmount(amount?.amount ?? '0'));
      expect(sumFen(amounts)).toBe(FACE);
    }
    expect((await operator!.post<{ differences: unknown[] }>('/reconciliation')).differences).toEqual([]);
    return complete;
  };

  let orders: string[] = [];

  it('between endorsement and ordering: what was signed is done once it lives again', async () => {
    const offers = certificates.map(({ holding }) => () => {
      const background = { contractNo: 'K-1', invoiceNo: '', note: '' };
      return from!.command(`/holdings/${holding}/transfers`, {
        receivers: [{ member: to!.id, amount: PIECE, background }],
      });
    });
    await killedDuring({ at: 'endorsed', after: 3 }, offers);
    const done = await expectNothingLostOrDoubled('transfer.offer', 'offer');
    orders = done.flatMap(({ steps }) =>
      steps.flatMap(({ instruction }) =>
        (instruction?.body['offers'] as { order: string }[]).map(({ order }) => order),
      ),
    );
  });

  it('between ordering and the answer: what is in a block is found there, and nothing is sent twice', async () => {
    const answers = orders.map((order) => () => to!.command(`/transfers/${order}/acceptance`));
    await killedDuring({ at: 'ordered', after: Math.min(2, orders.length) }, answers);
    await expectNothingLostOrDoubled('transfer.accept', 'accept');
  });
});

async function activeCertificates(bank: Firm, core: Firm, creditor: Firm) {
  const { businessDate } = await core.get<{ businessDate: string }>('/network');
  const limit = cny(formatAmount(FACE * BigInt(CERTIFICATES)));
  const line = await grantLine(bank, { issuer: core.id, limit, until: addDays(businessDate, 300) });
  await core.awaits(`/lines/${line}`);
  const amount = cny(formatAmount(FACE));
  const [date, deliveredOn] = [addDays(businessDate, -3), addDays(businessDate, -4)];
  const forms = Array.from({ length: CERTIFICATES }, (_, index) => ({
    line,
    creditor: creditor.id,
    dueDate: wednesdayAfter(addDays(businessDate, 70)),
    contractNo: `K-${String(index)}`,
    note: '',
    invoices: [{ number: `K${String(index).padStart(8, '0')}`, date, grossAmount: amount, amount, deliveredOn }],
  }));
  const ids = await issue(core, forms);
  return Promise.all(ids.map(async (id) => ({ id, holding: await acceptCertificate(creditor, id) })));
}

function wednesdayAfter(day: string): string {
  let next = day;
  while (new Date(`${next}T00:00:00Z`).getUTCDay() !== 3) next = addDays(next, 1);
  return next;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
