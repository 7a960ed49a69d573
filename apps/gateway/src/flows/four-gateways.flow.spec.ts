import type { Money } from '@tallystick/client';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import type { Act, PlannedCertificate } from '../seed/plan';
import { seedTrial } from '../seed/seed';
import { tellStory } from '../story/story';
import type { StoryLine } from '../story/storyteller';
import { privateKeysOf, spellings } from '../testing/secrets';
import { trial, type Trial, type TrialGateway } from '../testing/trial';

jest.setTimeout(300_000);

const ORGANISATIONS = ['OperatorMSP', 'CoreMSP', 'BankAMSP', 'BankBMSP'];

const accept: Act = { do: 'accept' };
const TRADE = { line: 'jingweiMountain', issued: -150, due: { after: -82 } } as const;
/** Every kind of act of the trial's past, in three days of it. */
const PAST: PlannedCertificate[] = [
  {
    ...TRADE,
    creditor: 'bearing1',
    goods: '调心滚子轴承',
    nets: ['842300.15', '377815.60'],
    acts: [
      [-150, accept],
      [-137, { do: 'pass', from: 'bearing1', to: [['steel2', '486420.50']] }],
      [-82, { do: 'pay' }],
    ],
  },
  {
    ...TRADE,
    creditor: 'control1',
    goods: '变频控制柜',
    nets: ['1984070.80'],
    acts: [
      [-150, accept],
      [-137, { do: 'finance', owner: 'control1', rates: { river: '3.95', mountain: '4.10' } }],
      [-82, { do: 'pay', amount: '500000.00' }],
    ],
  },
  { ...TRADE, creditor: 'casting1', goods: '机座铸件', nets: ['482300.88'], acts: [[-150, { do: 'withdraw' }]] },
  {
    ...TRADE,
    creditor: 'control1',
    goods: '编码器',
    nets: ['265486.73'],
    acts: [[-150, { do: 'decline', because: '金额与对账单不符' }]],
  },
];

/** Every row of a gateway's database, as text, with the table it stands in. */
async function rowsOf({ database }: TrialGateway): Promise<{ table: string; row: string; org: string | null }[]> {
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string; hasOrg: boolean }>(
      `SELECT format('%I.%I', t.table_schema, t.table_name) AS name, EXISTS (
         SELECT 1 FROM information_schema.columns c WHERE c.table_schema = t.table_schema
           AND c.table_name = t.table_name AND c.column_name = 'org') AS "hasOrg"
       FROM information_schema.tables t
       WHERE t.table_type = 'BASE TABLE' AND t.table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    const found = [];
    for (const { name, hasOrg } of tables) {
      const { rows } = await client.query<{ row: string; org: string | null }>(
        `SELECT t::text AS row, ${hasOrg ? 'org' : 'NULL AS org'} FROM ${name} t`,
      );
      found.push(...rows.map(({ row, org }) => ({ table: name, row, org })));
    }
    return found;
  } finally {
    await client.end();
  }
}

function filesOf(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? filesOf(file) : [file];
  });
}

describe('four organisations, each on a gateway and database of its own', () => {
  let network: Trial;
  const lines: StoryLine[] = [];

  beforeAll(async () => {
    network = await trial(ORGANISATIONS.map((org) => [org]));
    const { gatewayOf, logins } = network;
    await seedTrial({ gatewayOf, logins, certificates: PAST, progress: () => undefined });
    await tellStory({ gatewayOf, logins: logins.all(), tell: (line) => lines.push(line) });
  });
  afterAll(() => network.close());

  it('tell the trial’s past: each of its certificates has ended as planned', async () => {
    const jingwei = await network.open('jingwei');
    const certificates = await jingwei.all<{ state: string; paid: Money }>('/certificates');
    const states = certificates.map(({ state, paid }) => [state, paid.amount]).sort();
    expect(states).toEqual([
      ['active', '500000.00'],
      ['declined', '0.00'],
      ['settled', '1378730.80'],
      ['withdrawn', '0.00'],
    ]);
  });

  it('goes from a firm’s admission to the last payee’s money', () => {
    expect(lines.map(({ step }) => step)).toEqual([
      ...['admit', 'line', 'issue', 'accept', 'split', 'acceptTransfer', 'acceptTransfer', 'passOn'],
      ...['apply', 'quote', 'quote', 'acceptQuote', 'approve', 'fund', 'maturity', 'payInPart'],
      ...['credited', 'credited', 'credited', 'credited', 'overdue', 'payInFull'],
      ...['credited', 'credited', 'credited', 'credited', 'settled'],
    ]);
  });

  it('shares no row: each database has those of its own organisations, and each has some', async () => {
    for (const gateway of network.gateways) {
      const orgs = new Set(
        (await rowsOf(gateway)).flatMap(({ org, table }) => (org === null ? [] : [`${table}/${org}`])),
      );
      const foreign = [...orgs].filter((each) => !gateway.orgs.some((org) => each.endsWith(`/${org}`)));
      expect(foreign).toEqual([]);
      for (const org of gateway.orgs) expect(orgs).toContain(`public.record/${org}`);
    }
  });

  it('keeps each organisation’s service key at its own gateway', () => {
    const files = network.gateways.map(({ home }) => readdirSync(path.join(home, 'keys')).sort());
    expect(files).toEqual([
      // The embedded ledger stands beside the operator's gateway, with the keys of its peers.
      ['OperatorMSP.key', 'fingerprint.key', 'ledger.json'],
      ['CoreMSP.key', 'fingerprint.key'],
      ['BankAMSP.key', 'fingerprint.key'],
      ['BankBMSP.key', 'fingerprint.key'],
    ]);
  });

  it('leaves no private key and no password in clear in any row, file or log', async () => {
    const passwords = network.logins.all().map(({ password }) => password);
    const keys = await privateKeysOf(network);
    expect(keys.length).toBeGreaterThan(12);
    const secrets = [...passwords, ...keys.flatMap(spellings)];
    for (const gateway of network.gateways) {
      const rows = (await rowsOf(gateway)).map(({ table, row }) => [table, row] as const);
      const kept = /\/(?:logins\.json|secrets\.json|keys\/[A-Za-z]+\.key|keys\/ledger\.json)$/u;
      const files = filesOf(gateway.home).filter((file) => !kept.test(file));
      expect(files.some((file) => file.endsWith('gateway.log'))).toBe(true);
      const texts = [...rows, ...files.map((file) => [file, readFileSync(file, 'latin1')] as const)];
      // The search finds what is there: public names in the rows, and the secrets themselves where they are kept.
      const people = network.logins.all().filter(({ org }) => gateway.orgs.includes(org));
      expect(people.filter(({ user }) => !texts.some(([, text]) => text.includes(user)))).toEqual([]);
      const safes = filesOf(gateway.home).filter((file) => /\.key$|logins\.json$/u.test(file));
      for (const safe of safes.filter((file) => !file.endsWith('fingerprint.key'))) {
        expect(secrets.some((secret) => readFileSync(safe, 'latin1').includes(secret))).toBe(true);
      }
      const leaks = texts.flatMap(([place, text]) =>
        secrets.filter((secret) => text.includes(secret)).map(() => place),
      );
      expect(leaks).toEqual([]);
    }
  });

  it('keeps files with secrets for their owner alone', () => {
    for (const { home } of network.gateways) {
      const open = filesOf(home).filter(
        (file) => /\.key$|logins\.json$|ledger\.json$/u.test(file) && (statSync(file).mode & 0o077) !== 0,
      );
      expect(open).toEqual([]);
    }
  });
});
