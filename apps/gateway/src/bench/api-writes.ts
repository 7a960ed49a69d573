import {
  acceptCertificate,
  acceptTransfer,
  cny,
  grantLine,
  issue,
  offer,
  type Firm,
  type Money,
} from '@tallystick/client';
import { addDays, formatAmount, parseAmount, sumFen } from '@tallystick/domain';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Logins } from '../platform/logins';
import { openFirm } from '../platform/sign-in';
import { onboard } from '../seed/onboarding';
import { percentile, round, type Figure } from './measure';

/** Certificates at work at the same time; a transfer of one follows the other. */
const LANES = 16;
const SECONDS = 60;
const FACE = parseAmount('1000000.00');
const PIECE = parseAmount('100.00');

interface Market {
  from: Firm;
  to: Firm;
  certificates: { id: string; holding: string }[];
}

/**
 * Writes through the API of a whole trial platform in a process of its own, for a minute: transfers, each an offer and an
 * acceptance, each drafted, signed by maker and checker, and waited for until the read model shows it. A write is a command that the
 * ledger committed; its three POSTs are told beside it. Generator and platform are two processes, and each one's part is told.
 * Afterwards every certificate's parts still sum to its face, and the read model is the ledger's.
 * @throws Error when they do not
 */
export async function apiWrites(): Promise<Figure[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'tallystick-bench-'));
  const instance = await startInstance(home);
  try {
    const market = await openMarket(instance.url, home);
    const took: number[] = [];
    let commands = 0;
    const [ownCpu, platformCpu] = [process.cpuUsage(), await instance.cpu()];
    const from = performance.now();
    const end = from + SECONDS * 1_000;
    const waits: number[] = [];
    for (const firm of [market.from, market.to]) {
      firm.observe((method, ms) => {
        if (method === 'POST') took.push(ms);
      });
    }
    await Promise.all(
      market.certificates.map(async (certificate) => {
        while (performance.now() < end) {
          const begun = performance.now();
          await transfer(market, certificate);
          waits.push((performance.now() - begun) / 2);
          commands += 2;
        }
      }),
    );
    const seconds = (performance.now() - from) / 1_000;
    const cpuMs = (cpu: NodeJS.CpuUsage): number => round((cpu.user + cpu.system) / 1_000 / commands, 2);
    const [own, platform] = [process.cpuUsage(ownCpu), difference(await instance.cpu(), platformCpu)];
    await requireUnbroken(market, instance.url, home);
    return [
      {
        bench: 'api.writes',
        value: round(commands / seconds),
        unit: 'writes/s',
        p95Ms: round(percentile(waits, 0.95)),
        postsPerSecond: round(took.length / seconds),
        postP95Ms: round(percentile(took, 0.95)),
        generatorCpuMsPerWrite: cpuMs(own),
        platformCpuMsPerWrite: cpuMs(platform),
        lanes: LANES,
        seconds: round(seconds),
      },
    ];
  } finally {
    await instance.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

interface Instance {
  url: string;
  /** What its process has cost so far, PostgreSQL not counted. */
  cpu: () => Promise<NodeJS.CpuUsage>;
  stop: () => Promise<void>;
}

const difference = (later: NodeJS.CpuUsage, earlier: NodeJS.CpuUsage): NodeJS.CpuUsage => ({
  user: later.user - earlier.user,
  system: later.system - earlier.system,
});

async function startInstance(home: string): Promise<Instance> {
  const env = {
    ...process.env,
    TALLYSTICK_HOME: home,
    PORT: '0',
    LOG_LEVEL: 'silent',
    LOGIN_ATTEMPTS_PER_MINUTE: '1000',
  };
  const child: ChildProcess = fork(path.join(__dirname, 'instance.js'), { env });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { url: string }).url));
    child.once('exit', (code) => reject(new Error(`the instance ended with ${String(code)}`)));
  });
  return {
    url,
    cpu: async () => {
      const told = once(child, 'message') as Promise<[{ cpu: NodeJS.CpuUsage }]>;
      child.send('cpu');
      return (await told)[0].cpu;
    },
    stop: async () => {
      child.disconnect();
      await ended;
    },
  };
}

async function openMarket(url: string, home: string): Promise<Market> {
  const logins = new Logins(home);
  const gatewayOf = () => url;
  const operator = await openFirm(gatewayOf, logins.all(), 'operator');
  await onboard(['river', 'jingwei', 'casting1', 'steel2'], {
    logins,
    operator,
    gatewayOf,
    progress: () => undefined,
  });
  const open = (name: string): Promise<Firm> => openFirm(gatewayOf, logins.all(), name);
  const [river, core, from, to] = await Promise.all([open('river'), open('jingwei'), open('casting1'), open('steel2')]);
  const { businessDate } = await core.get<{ businessDate: string }>('/network');
  const limit = cny(formatAmount(FACE * BigInt(LANES)));
  const line = await grantLine(river, { issuer: core.id, limit, until: addDays(businessDate, 300) });
  await core.awaits(`/lines/${line}`);
  const forms = Array.from({ length: LANES }, (_, index) => {
    const amount = cny(formatAmount(FACE));
    const [date, deliveredOn] = [addDays(businessDate, -3), addDays(businessDate, -4)];
    const invoices = [{ number: `B${String(index).padStart(8, '0')}`, date, grossAmount: amount, amount, deliveredOn }];
    return {
      line,
      creditor: from.id,
      dueDate: dueDate(businessDate),
      contractNo: `B-${String(index)}`,
      note: '',
      invoices,
    };
  });
  const ids = await issue(core, forms);
  const certificates = await Promise.all(ids.map(async (id) => ({ id, holding: await acceptCertificate(from, id) })));
  return { from, to, certificates };
}

/** A business day in any calendar of the trial: a Wednesday or a Thursday some weeks on. */
function dueDate(today: string): string {
  let day = addDays(today, 70);
  while (new Date(`${day}T00:00:00Z`).getUTCDay() !== 3) day = addDays(day, 1);
  return day;
}

async function transfer({ from, to }: Market, certificate: { holding: string }): Promise<void> {
  const background = { contractNo: 'B-1', invoiceNo: '', note: '' };
  const { orders, remainder } = await offer(from, certificate.holding, [
    { member: to.id, amount: cny(formatAmount(PIECE)), background },
  ]);
  await acceptTransfer(to, orders[0] ?? '');
  certificate.holding = remainder ?? '';
}

/** @throws Error for parts that do not sum to their face, or rows that differ from the ledger */
async function requireUnbroken({ from, to, certificates }: Market, url: string, home: string): Promise<void> {
  for (const { id } of certificates) {
    const parts = [from, to].map((firm) => firm.all<{ amount?: Money }>(`/holdings?state=all&certificate=${id}`));
    const amounts = (await Promise.all(parts)).flat().map(({ amount }) => parseAmount(amount?.amount ?? '0'));
    if (sumFen(amounts) !== FACE) throw new Error(`certificate ${id} has parts of ${formatAmount(sumFen(amounts))}`);
  }
  const operator = await openFirm(() => url, new Logins(home).all(), 'operator');
  const { differences } = await operator.post<{ differences: unknown[] }>('/reconciliation');
  if (differences.length > 0) throw new Error(`the read model differs: ${JSON.stringify(differences[0])}`);
}
